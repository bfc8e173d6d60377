import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { REASON_MAX } from "../decisions";

/** Hands an event back; its organizer reads why. */
export function Reject({
  title,
  busy,
  onReject,
}: {
  title: string;
  busy: boolean;
  onReject: (reason: string) => void;
}) {
  const { t } = useTranslation(["admin", "common"]);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const { length } = [...reason.trim()];
  const wrong = length === 0 ? t("reject.required") : length > REASON_MAX ? t("reject.tooLong") : undefined;
  return (
    <>
      <Button kind="danger" busy={busy} onClick={() => setOpen(true)}>
        {t("reject.action")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("reject.title", { title })}
        actions={
          <>
            <Button kind="secondary" onClick={() => setOpen(false)}>
              {t("common:cancel")}
            </Button>
            <Button
              kind="danger"
              busy={busy}
              onClick={() => {
                setAsked(true);
                if (wrong) return;
                onReject(reason.trim());
                setOpen(false);
              }}
            >
              {t("reject.confirm")}
            </Button>
          </>
        }
      >
        <TextField
          label={t("reject.reason")}
          hint={t("reject.hint", { count: REASON_MAX - length })}
          error={asked ? wrong : undefined}
          value={reason}
          rows={5}
          onChange={({ target }) => setReason(target.value)}
        />
      </Dialog>
    </>
  );
}
