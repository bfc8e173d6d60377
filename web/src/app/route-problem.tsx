import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { ButtonLink } from "@/ui/button";
import { Page } from "@/ui/page";

/** A page that cannot be shown. A chunk that is gone after a new version was deployed is fetched with the page anew. */
export function RouteProblem() {
  const { t } = useTranslation(["problems", "common"]);
  const error = useRouteError();
  const problem = asProblem(error);
  return (
    <Page title={t(`${problem.kind}.title`)} narrow>
      <ProblemNotice error={problem} onRetry={problem.passes ? () => location.reload() : undefined} />
      <ButtonLink to="/" kind="secondary" className="mt-6">
        {t("common:toHome")}
      </ButtonLink>
    </Page>
  );
}
