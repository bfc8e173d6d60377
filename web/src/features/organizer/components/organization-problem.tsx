import { Building2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Empty } from "@/ui/empty";

/** A problem with the organization's own things; who has none is told what to do. */
export function OrganizationProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("organizer");
  const { kind } = asProblem(error);
  if (kind !== "forbidden" && kind !== "not-found") return <ProblemNotice error={error} onRetry={onRetry} />;
  return (
    <Empty icon={<Building2 aria-hidden />} title={t("noOrganization.title")}>
      {t("noOrganization.text")}
    </Empty>
  );
}
