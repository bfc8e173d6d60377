import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ownEventQuery } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { idempotencyKey } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { asProblem } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { createEvent } from "../api/events";
import { dropDraft, keepDraft, keptDraft } from "../drafts";
import { bodyOf, type EventForm, emptyEvent, eventSchema } from "../event-form";
import { markProblem } from "../mark-problem";
import { useLeaveGuard } from "../use-leave-guard";
import { EventFormFields } from "./event-form-fields";
import { LeaveDialog } from "./leave-dialog";
import { SaveBar } from "./save-bar";

const NEW = "new";

/** Writes an event. Until it is saved for the first time it lives on this device alone. */
export function NewEventPage() {
  const { t } = useTranslation(["organizer", "common"]);
  const { userId = "" } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [kept] = useState(() => keptDraft(userId, NEW));
  const [restored, setRestored] = useState(Boolean(kept));
  const [typed, setTyped] = useState(Boolean(kept));
  const done = useRef(false);
  const key = useRef({ body: "", header: idempotencyKey() });
  const form = useForm<EventForm>({
    resolver: zodResolver(eventSchema(serverNow)),
    defaultValues: kept?.form ?? emptyEvent(),
    mode: "onTouched",
  });

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: () => {
          if (done.current) return;
          const values = form.getValues();
          const empty = JSON.stringify(values) === JSON.stringify(emptyEvent());
          if (empty) dropDraft(userId, NEW);
          else keepDraft(userId, NEW, values);
          setTyped(!empty);
        },
      }),
    [form, userId],
  );

  const create = useAction({
    mutationFn: (values: EventForm) => {
      const body = bodyOf(values);
      const text = JSON.stringify(body);
      // The same draft sent twice is one intention, a corrected one is another.
      if (key.current.body !== text) key.current = { body: text, header: idempotencyKey() };
      return createEvent(body, key.current.header);
    },
    onSuccess: (event) => {
      done.current = true;
      dropDraft(userId, NEW);
      queries.setQueryData(ownEventQuery(event.eventId).queryKey, event);
      void queries.invalidateQueries({ queryKey: ["own-events"] });
      return navigate(`/organizer/events/${event.eventId}`, { replace: true });
    },
    onError: (error) => markProblem(form, asProblem(error)),
  });

  const blocker = useLeaveGuard(() => typed && !done.current, typed && !create.isSuccess);
  const startOver = () => {
    form.reset(emptyEvent());
    dropDraft(userId, NEW);
    setRestored(false);
    setTyped(false);
  };

  return (
    <Page title={t("new.title")} lead={t("new.lead")}>
      {restored && (
        <Notice
          className="mb-6"
          title={t("new.restored")}
          action={
            <Button kind="secondary" size="small" onClick={startOver}>
              {t("new.startOver")}
            </Button>
          }
        />
      )}
      <FormProvider {...form}>
        <EventFormFields />
      </FormProvider>
      {create.isError && <ProblemNotice className="mt-6" error={create.error} />}
      <SaveBar
        status={
          <p
            role="status"
            data-testid="save-state"
            data-state={typed ? "device" : "empty"}
            className="text-sm text-muted"
          >
            {typed ? t("save.device") : t("save.nothing")}
          </p>
        }
      >
        <Button busy={create.isPending} onClick={form.handleSubmit((values) => create.run(values))}>
          {t("new.save")}
        </Button>
      </SaveBar>
      <LeaveDialog blocker={blocker} />
    </Page>
  );
}
