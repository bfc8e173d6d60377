import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Tells people what went wrong in their words, and offers to try again where that may help. */
export function ProblemNotice({
  error,
  onRetry,
  action,
  className,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
  action?: ReactNode;
  className?: string;
}) {
  const { t } = useTranslation(["problems", "common"]);
  const problem = asProblem(error);
  const retry = onRetry && (
    <Button kind="secondary" size="small" onClick={onRetry}>
      <RotateCw aria-hidden />
      {t("common:tryAgain")}
    </Button>
  );
  return (
    <Notice
      tone={problem.passes ? "warn" : "bad"}
      title={t(`${problem.kind}.title`)}
      action={action ?? retry}
      {...(className && { className })}
    >
      {t(`${problem.kind}.help`)}
    </Notice>
  );
}

/** One sentence about a problem, for beside a field or in a toast. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation(["problems", "common"]);
  return (error) => {
    const { kind } = asProblem(error);
    return `${t(`${kind}.title`)}. ${t(`${kind}.help`)}`;
  };
}
