import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { serverNow } from "@/lib/clock";
import { useSession } from "@/lib/session";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button, ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { dropDraft, keptDraft } from "../drafts";
import { type EventForm, eventSchema, formOf } from "../event-form";
import { useAutosave } from "../use-autosave";
import { useLeaveGuard } from "../use-leave-guard";
import { EventFormFields } from "./event-form-fields";
import { LeaveDialog } from "./leave-dialog";
import { SaveBar } from "./save-bar";
import { SaveStatus } from "./save-status";

/** Changes a draft; what was handed in or is on sale cannot be changed. */
export function EditEventPage() {
  const { t } = useTranslation(["organizer", "common"]);
  const { eventId = "" } = useParams();
  const { data: event, error, isError, refetch } = useQuery(ownEventQuery(eventId));
  // The form begins with what the server has when the page is opened; what is saved here later does not reset it.
  const [begun, setBegun] = useState<OwnEvent>();
  if (event && begun?.eventId !== eventId) setBegun(event);

  if (isError && !event) {
    return (
      <Page title={t("edit.title")}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!event || !begun) {
    return (
      <Page title={t("edit.title")}>
        <Skeleton className="h-96" />
        <Skeleton className="mt-6 h-80" />
      </Page>
    );
  }
  if (event.status !== "DRAFT") {
    return (
      <Page title={t("edit.title")}>
        <Empty
          title={t("edit.notDraft")}
          action={<ButtonLink to={`/organizer/events/${eventId}`}>{t("edit.toEvent")}</ButtonLink>}
        >
          {t("edit.notDraftText")}
        </Empty>
      </Page>
    );
  }
  return <EditEvent key={eventId} event={begun} rejection={event.rejection ?? undefined} />;
}

function EditEvent({ event, rejection }: { event: OwnEvent; rejection: string | undefined }) {
  const { t } = useTranslation(["organizer", "common"]);
  const { userId = "" } = useSession();
  const navigate = useNavigate();
  const { eventId } = event;
  const [begin] = useState(() => formOf(event));
  const [kept] = useState(() => keptDraft(userId, eventId));
  const [restored, setRestored] = useState(Boolean(kept));
  const form = useForm<EventForm>({
    resolver: zodResolver(eventSchema(serverNow)),
    defaultValues: kept?.form ?? begin,
    mode: "onTouched",
  });
  const { state, saveNow, isSaved } = useAutosave(form, event, userId, begin);
  const unsaved = state.is !== "saved";
  const blocker = useLeaveGuard(() => !isSaved(), unsaved);

  const discard = () => {
    form.reset(begin);
    dropDraft(userId, eventId);
    setRestored(false);
  };
  /** Marks what is wrong, if anything; otherwise saves and goes on. */
  const finish = form.handleSubmit(async () => {
    if (await saveNow()) await navigate(`/organizer/events/${eventId}`);
  });

  return (
    <Page title={t("edit.title")} lead={event.title}>
      {rejection && (
        <Notice tone="warn" className="mb-6" title={t("manage.rejected")}>
          {rejection}
        </Notice>
      )}
      {restored && unsaved && (
        <Notice
          className="mb-6"
          title={t("edit.restored")}
          action={
            <Button kind="secondary" size="small" onClick={discard}>
              {t("edit.discard")}
            </Button>
          }
        />
      )}
      <FormProvider {...form}>
        <EventFormFields />
      </FormProvider>
      <SaveBar status={<SaveStatus state={state} onRetry={() => void saveNow()} />}>
        <Button onClick={finish}>{t("edit.done")}</Button>
      </SaveBar>
      <LeaveDialog blocker={blocker} />
    </Page>
  );
}
