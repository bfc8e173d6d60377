import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import { download } from "@/lib/download";
import { useProblemText } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { ledgerCsv, type Period } from "../api/sales";

/** The organization's books of some days as a file. Fetched with the token, which a plain link could not carry. */
export function DownloadCsv({
  period,
  organizationId,
  disabled,
}: {
  period: Period;
  organizationId: string;
  disabled: boolean;
}) {
  const { t } = useTranslation("organizer");
  const problemText = useProblemText();
  const fetching = useAction({
    mutationFn: () => ledgerCsv(period, organizationId),
    onSuccess: (text) =>
      download(`ledger-${period.from}-${period.to}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" })),
  });
  return (
    <div className="flex flex-col gap-1">
      <Button kind="secondary" disabled={disabled} busy={fetching.isPending} onClick={() => fetching.run()}>
        <Download aria-hidden />
        {t("revenue.csv")}
      </Button>
      {fetching.isError && (
        <p role="alert" className="text-sm text-bad">
          {problemText(fetching.error)}
        </p>
      )}
    </div>
  );
}
