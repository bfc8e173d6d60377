import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
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
  const download = useAction({
    mutationFn: () => ledgerCsv(period, organizationId),
    onSuccess: (text) => save(`ledger-${period.from}-${period.to}.csv`, text),
  });
  return (
    <div className="flex flex-col gap-1">
      <Button kind="secondary" disabled={disabled} busy={download.isPending} onClick={() => download.run()}>
        <Download aria-hidden />
        {t("revenue.csv")}
      </Button>
      {download.isError && (
        <p role="alert" className="text-sm text-bad">
          {problemText(download.error)}
        </p>
      )}
    </div>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
