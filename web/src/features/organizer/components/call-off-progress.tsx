import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OwnEvent } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { dayAndTime } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { callOffQuery, cancelEvent } from "../api/events";

/** How far the bookings of an event that was called off have been given back. */
export function CallOffProgress({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const { data, error, isError, refetch } = useQuery(callOffQuery(event.eventId));
  // A call-off that stopped half-way, because a tab was closed, goes on when it is asked for again.
  const resume = useAction({ mutationFn: () => cancelEvent(event.eventId, () => {}), onSuccess: () => refetch() });
  if (isError && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-48" />;
  const done = data.shows.filter((show) => show.complete).length;
  const calledOff = data.shows.reduce((sum, show) => sum + show.calledOff, 0);
  const refused = data.shows.reduce((sum, show) => sum + show.refused, 0);
  return (
    <Card data-testid="call-off" data-complete={data.complete}>
      <h2 className="text-xl font-bold">{t("callOff.title")}</h2>
      <div role="status">
        <p className="mt-1">{data.complete ? t("callOff.complete") : t("callOff.running")}</p>
        <p className="font-semibold">{t("callOff.bookings", { count: calledOff })}</p>
        {refused > 0 && <p className="font-semibold text-warn">{t("callOff.refused", { count: refused })}</p>}
      </div>
      <progress
        className="mt-3 h-2 w-full accent-velvet"
        max={data.shows.length}
        value={done}
        aria-label={t("callOff.title")}
      />
      <ul className="mt-3 divide-y divide-line">
        {data.shows.map((show) => {
          const dated = event.shows.find((one) => one.showId === show.showId);
          return (
            <li key={show.showId} className="flex flex-wrap items-center justify-between gap-2 py-2">
              <span>{dated ? dayAndTime(dated.startsAt, dated.timeZone) : show.showId}</span>
              <span className="flex items-center gap-3">
                <span className="text-muted tabular-nums">{t("callOff.bookings", { count: show.calledOff })}</span>
                <Badge tone={show.complete ? "good" : "warn"}>
                  {show.complete ? t("callOff.showDone") : t("callOff.showRunning")}
                </Badge>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="mt-3 flex flex-wrap gap-3">
        <Link
          to="/organizer?tab=refunds"
          className="inline-flex min-h-11 items-center font-semibold text-velvet underline"
        >
          {t("callOff.toRefunds")}
        </Link>
        {!data.complete && (
          <Button kind="secondary" busy={resume.isPending} onClick={() => resume.run()}>
            {t("callOff.resume")}
          </Button>
        )}
      </div>
      {resume.isError && <ProblemNotice className="mt-3" error={resume.error} />}
    </Card>
  );
}
