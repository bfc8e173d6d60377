import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { cancelEvent, type Progress } from "../api/events";
import { WorkProgress } from "./work-progress";

/** Calls an event off, after its title was typed: nothing brings it back. */
export function CancelEvent({ event }: { event: OwnEvent }) {
  const { t } = useTranslation(["organizer", "common"]);
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [progress, setProgress] = useState<Progress>();
  const onSale = event.status === "PUBLISHED";
  const reread = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ownEventQuery(event.eventId).queryKey }),
      queries.invalidateQueries({ queryKey: ["own-events"] }),
      queries.invalidateQueries({ queryKey: ["show"] }),
    ]);
  const cancel = useAction({
    mutationFn: () => cancelEvent(event.eventId, setProgress),
    onSuccess: async () => {
      setOpen(false);
      await reread();
    },
  });
  const same = typed.trim() === event.title.trim();
  return (
    <Card className="border-bad/40">
      <h2 className="text-xl font-bold">{t("cancelEvent.title")}</h2>
      <p className="mt-1 mb-4 max-w-prose text-muted">{onSale ? t("cancelEvent.text") : t("cancelEvent.textDraft")}</p>
      <Button kind="danger" onClick={() => setOpen(true)}>
        {t("cancelEvent.action")}
      </Button>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false);
          setTyped("");
        }}
        title={t("cancelEvent.ask", { title: event.title })}
        actions={
          <>
            <Button kind="secondary" onClick={() => setOpen(false)}>
              {t("cancelEvent.keep")}
            </Button>
            <Button kind="danger" disabled={!same} busy={cancel.isPending} onClick={() => cancel.run()}>
              {t("cancelEvent.confirm")}
            </Button>
          </>
        }
      >
        <Notice tone="warn" title={t("cancelEvent.forGood")}>
          {onSale ? t("cancelEvent.everybody") : t("cancelEvent.textDraft")}
        </Notice>
        <Field
          label={t("cancelEvent.type", { title: event.title })}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {cancel.isPending && (
          <WorkProgress progress={progress ?? { done: 0, of: event.shows.length }} label={t("cancelEvent.closing")} />
        )}
        {cancel.isError && <ProblemNotice error={cancel.error} onRetry={() => cancel.run()} />}
      </Dialog>
    </Card>
  );
}
