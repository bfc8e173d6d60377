import { useQueries, useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnEvent } from "@/api/own-events";
import { showQuery } from "@/api/shows";
import type { Schema } from "@/lib/api";
import { dayAndTime } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { totalOf } from "../sold";
import { SectionSales } from "./section-sales";
import { ShowBookings } from "./show-bookings";
import { SoldBar } from "./sold-bar";

/** Sales of all shows together, at a glance. */
export function SalesTotals({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const details = useQueries({ queries: event.shows.map((show) => showQuery(show.showId)) });
  const known = details.flatMap(({ data }) => (data ? [data] : []));
  const total = totalOf(known.flatMap((show) => show.sections));
  const failed = details.find(({ isError, data }) => isError && !data);
  const figures = [
    { name: t("sales.sold"), value: total.booked },
    { name: t("sales.held"), value: total.held },
    { name: t("sales.free"), value: total.available },
    { name: t("sales.capacity"), value: total.capacity },
  ];
  return (
    <section aria-labelledby="sales" className="flex flex-col gap-4">
      <h2 id="sales" className="text-xl font-bold">
        {t("sales.title")}
      </h2>
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      <Card>
        {known.length < details.length && !failed ? (
          <Skeleton className="h-24" />
        ) : (
          <>
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
              {figures.map(({ name, value }) => (
                <div key={name}>
                  <dt className="text-sm text-muted">{name}</dt>
                  <dd className="font-display text-3xl font-extrabold tabular-nums">{value.toLocaleString()}</dd>
                </div>
              ))}
            </dl>
            <SoldBar counts={total} className="mt-4 h-4" />
          </>
        )}
      </Card>
    </section>
  );
}

/** The shows, each with its sections and its bookings. */
export function ShowList({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  return (
    <section aria-labelledby="shows" className="flex flex-col gap-3">
      <h2 id="shows" className="text-xl font-bold">
        {t("sales.shows")}
      </h2>
      {event.shows.map((show) => (
        <ShowCard key={show.showId} show={show} />
      ))}
    </section>
  );
}

function ShowCard({ show }: { show: Schema["ShowView"] }) {
  const { t } = useTranslation("organizer");
  const { data: detail } = useQuery(showQuery(show.showId));
  const [open, setOpen] = useState(false);
  const total = detail && totalOf(detail.sections);
  return (
    <details
      className="group rounded-3xl border border-line bg-surface shadow-soft"
      data-testid="show-card"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="flex min-h-14 list-none items-center gap-4 px-5 py-3 [&::-webkit-details-marker]:hidden">
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-2">
          <span className="min-w-0 flex-1 basis-48">
            <span className="block font-semibold">{dayAndTime(show.startsAt, show.timeZone)}</span>
            <span className="text-sm text-muted">
              {show.venueName}, {show.city}
            </span>
          </span>
          {total && (
            <span className="min-w-0 flex-1 basis-40">
              <span className="text-sm tabular-nums">
                {t("sales.soldOf", { sold: total.booked, capacity: total.capacity })}
              </span>
              <SoldBar counts={total} className="h-2" />
            </span>
          )}
        </span>
        <ChevronDown aria-hidden className="size-5 shrink-0 text-muted group-open:rotate-180" />
      </summary>
      {open && (
        <div className="flex flex-col gap-6 border-t border-line p-5">
          {detail ? <SectionSales sections={detail.sections} /> : <Skeleton className="h-40" />}
          <ShowBookings showId={show.showId} sections={detail?.sections ?? []} />
        </div>
      )}
    </details>
  );
}
