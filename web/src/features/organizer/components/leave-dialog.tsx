import { useTranslation } from "react-i18next";
import type { useBlocker } from "react-router";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

/** Asks whether to leave something unsaved behind; it stays on this device. */
export function LeaveDialog({ blocker }: { blocker: ReturnType<typeof useBlocker> }) {
  const { t } = useTranslation("organizer");
  const stay = () => blocker.state === "blocked" && blocker.reset();
  return (
    <Dialog
      open={blocker.state === "blocked"}
      onClose={stay}
      title={t("leave.title")}
      actions={
        <>
          <Button kind="secondary" onClick={() => blocker.state === "blocked" && blocker.proceed()}>
            {t("leave.go")}
          </Button>
          <Button onClick={stay}>{t("leave.stay")}</Button>
        </>
      }
    >
      <p>{t("leave.text")}</p>
    </Dialog>
  );
}
