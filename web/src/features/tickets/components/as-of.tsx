import { useTranslation } from "react-i18next";
import { dayAndTime, ownZone } from "@/lib/time";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Says how old the tickets are that are shown without the server. */
export function AsOf({ savedAt, onRetry }: { savedAt: number; onRetry: () => void }) {
  const { t } = useTranslation(["tickets", "common"]);
  return (
    <Notice
      tone="calm"
      title={t("asOf.title", { time: dayAndTime(new Date(savedAt).toISOString(), ownZone()) })}
      action={
        <Button kind="secondary" size="small" onClick={onRetry}>
          {t("common:tryAgain")}
        </Button>
      }
    >
      {t("asOf.text")}
    </Notice>
  );
}
