import { useQueryClient } from "@tanstack/react-query";
import { Circle, CircleCheck, CircleDashed } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { serverNow } from "@/lib/clock";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { toast } from "@/ui/toast";
import { type Progress, publishEvent, submitEvent } from "../api/events";
import { type CheckedStep, canSubmit, checklist } from "../checklist";
import { WorkProgress } from "./work-progress";

/** What is done and what comes next until the event is on sale. */
export function SetUp({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const steps = checklist(event, serverNow());
  const submitted = event.status === "SUBMITTED";
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("setUp.title")}</h2>
      <ol className="mt-4 grid gap-x-6 gap-y-1 sm:grid-flow-col sm:grid-cols-2 sm:grid-rows-4">
        {steps.map((one) => (
          <StepLine key={one.step} step={one} event={event} />
        ))}
        <StateLine done={submitted} text={t("setUp.submitted")} />
        <StateLine done={submitted && event.approved} text={t("setUp.approved")} />
        <StateLine done={false} text={t("setUp.published")} />
      </ol>
      <div className="mt-5 border-t border-line pt-5">
        {!submitted && <Submit event={event} ready={canSubmit(steps)} />}
        {submitted && !event.approved && <p>{t("setUp.waiting")}</p>}
        {submitted && event.approved && <Publish event={event} />}
      </div>
    </Card>
  );
}

function StepLine({ step: { step, done, optional }, event }: { step: CheckedStep; event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const editable = event.status === "DRAFT";
  const to = step === "image" ? "#images" : `/organizer/events/${event.eventId}/edit`;
  const text = `${t(`setUp.${step}`)}${optional && !done ? ` (${t("setUp.recommended")})` : ""}`;
  return (
    <li className="flex min-h-11 items-center gap-3" data-step={step} data-done={done}>
      {done ? (
        <CircleCheck aria-hidden className="size-6 shrink-0 text-good" />
      ) : (
        <Circle aria-hidden className="size-6 shrink-0 text-muted" />
      )}
      <span className="sr-only">{done ? t("setUp.isDone") : t("setUp.isOpen")}</span>
      {editable && !done ? (
        <Link to={to} className="inline-flex min-h-11 items-center font-semibold text-velvet underline">
          {text}
        </Link>
      ) : (
        <span>{text}</span>
      )}
    </li>
  );
}

function StateLine({ done, text }: { done: boolean; text: string }) {
  const { t } = useTranslation("organizer");
  const Icon = done ? CircleCheck : CircleDashed;
  return (
    <li className="flex min-h-11 items-center gap-3">
      <Icon aria-hidden className={done ? "size-6 shrink-0 text-good" : "size-6 shrink-0 text-muted"} />
      <span className="sr-only">{done ? t("setUp.isDone") : t("setUp.isOpen")}</span>
      <span className={done ? undefined : "text-muted"}>{text}</span>
    </li>
  );
}

/** Reads the event anew after something was done with it, or somebody else was faster. */
function useReread(eventId: string) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ownEventQuery(eventId).queryKey }),
      queries.invalidateQueries({ queryKey: ["own-events"] }),
    ]);
}

function Submit({ event, ready }: { event: OwnEvent; ready: boolean }) {
  const { t } = useTranslation("organizer");
  const reread = useReread(event.eventId);
  const submit = useAction({
    mutationFn: () => submitEvent(event.eventId),
    onSuccess: () => {
      toast(t("setUp.submittedToast"));
      return reread();
    },
    onError: reread,
  });
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{ready ? t("setUp.readyText") : t("setUp.notReady")}</p>
      <Button size="large" disabled={!ready} busy={submit.isPending} onClick={() => submit.run()}>
        {t("setUp.submit")}
      </Button>
      {submit.isError && <ProblemNotice error={submit.error} onRetry={() => submit.run()} />}
    </div>
  );
}

function Publish({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const reread = useReread(event.eventId);
  const [progress, setProgress] = useState<Progress>();
  const publish = useAction({
    mutationFn: () => publishEvent(event.eventId, setProgress),
    onSuccess: () => {
      toast(t("setUp.publishedToast"));
      return reread();
    },
  });
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{t("setUp.approvedText")}</p>
      <Button kind="stage" size="large" busy={publish.isPending} onClick={() => publish.run()}>
        {t("setUp.publish")}
      </Button>
      {publish.isPending && (
        <WorkProgress progress={progress ?? { done: 0, of: event.shows.length }} label={t("setUp.publishing")} />
      )}
      {publish.isError && <ProblemNotice error={publish.error} onRetry={() => publish.run()} />}
    </div>
  );
}
