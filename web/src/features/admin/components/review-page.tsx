import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { asProblem } from "@/lib/problem";
import { EventPreview } from "@/parts/event-preview";
import { EventStatusBadge } from "@/parts/event-status-badge";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { approveEvent, rejectEvent } from "../decisions";
import { Reject } from "./reject";

/** One event as buyers will see it, and the decision about it. */
export function ReviewPage() {
  const { t } = useTranslation("admin");
  const { eventId = "" } = useParams();
  const { data: event, error, isError, refetch } = useQuery(ownEventQuery(eventId));
  return (
    <Page
      title={event ? t("review.title", { title: event.title }) : t("review.loading")}
      heading={t("review.heading")}
      lead={
        <span className="flex flex-wrap items-center gap-3">
          <Link to="/admin" className="inline-flex min-h-11 items-center gap-1.5 font-semibold text-velvet">
            <ArrowLeft aria-hidden className="size-4" />
            {t("review.back")}
          </Link>
          {event && <EventStatusBadge status={event.status} approved={event.approved} />}
        </span>
      }
    >
      {isError && !event && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!event && !isError && <Skeleton className="h-[36rem] rounded-3xl" />}
      {event && <Review event={event} />}
    </Page>
  );
}

function Review({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("admin");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const reread = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ownEventQuery(event.eventId).queryKey }),
      queries.invalidateQueries({ queryKey: ["own-events"] }),
    ]);
  const decided = (text: string) => async () => {
    toast(text);
    await reread();
    await navigate("/admin");
  };
  const approve = useAction({
    mutationFn: () => approveEvent(event.eventId),
    onSuccess: decided(t("review.approved", { title: event.title })),
    onError: reread,
  });
  const reject = useAction({
    mutationFn: (reason: string) => rejectEvent(event.eventId, reason),
    onSuccess: decided(t("review.rejected", { title: event.title })),
    onError: reread,
  });
  const open = event.status === "SUBMITTED" && !event.approved;
  const failure = approve.error ?? reject.error;
  const conflict = failure && asProblem(failure).kind === "state-conflict";

  return (
    <div className="flex flex-col gap-6">
      {failure &&
        (conflict ? (
          <Notice tone="warn" title={t("review.conflict")}>
            {t("review.conflictText")}
          </Notice>
        ) : (
          <ProblemNotice error={failure} />
        ))}
      {!open && !conflict && <Notice title={t("review.nothing")} />}
      <EventPreview event={event} />
      {open && (
        <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap justify-end gap-3 border-t border-line bg-paper/95 px-4 py-3 backdrop-blur sm:mx-0 sm:rounded-t-2xl sm:border-x">
          <Reject title={event.title} busy={reject.isPending} onReject={reject.run} />
          <Button busy={approve.isPending} onClick={() => approve.run()}>
            {t("review.approve")}
          </Button>
        </div>
      )}
    </div>
  );
}
