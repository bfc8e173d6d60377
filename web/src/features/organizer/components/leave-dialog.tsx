import { useTranslation } from "react-i18next";
import type { useBlocker } from "react-router";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

/** Asks whether to leave something unsaved behind, and says what becomes of it: unless told otherwise it stays on this device. */
export function LeaveDialog({ blocker, text }: { blocker: ReturnType<typeof useBlocker>; text?: string }) {
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
      <p>{text ?? t("leave.text")}</p>
    </Dialog>
  );
}
