import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, PartyPopper } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type EventSummary, ownEventsQuery } from "@/api/own-events";
import { day, ownZone } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";

/** Events that wait for somebody to decide. */
export function QueuePage() {
  const { t } = useTranslation(["admin", "common"]);
  const queue = useInfiniteQuery({ ...ownEventsQuery("SUBMITTED"), refetchInterval: 30_000 });
  // What was approved stays SUBMITTED until its organizer publishes it: nothing is left to decide there.
  const items = queue.data?.pages.flatMap((page) => page.items).filter((event) => !event.approved) ?? [];
  return (
    <Page
      title={t("queue.title")}
      lead={queue.isSuccess ? t("queue.waiting", { count: items.length }) : t("queue.lead")}
    >
      {queue.isError && <ProblemNotice error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.isPending && (
        <div className="flex flex-col gap-3">
          {[1, 2, 3].map((line) => (
            <Skeleton key={line} className="h-20 rounded-2xl" />
          ))}
        </div>
      )}
      {queue.isSuccess && items.length === 0 && !queue.hasNextPage && (
        <Empty icon={<PartyPopper aria-hidden />} title={t("queue.empty")}>
          {t("queue.emptyText")}
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((event) => (
          <li key={event.eventId}>
            <QueueLine event={event} />
          </li>
        ))}
      </ul>
      {queue.hasNextPage && (
        <Button
          kind="secondary"
          className="mt-4"
          busy={queue.isFetchingNextPage}
          onClick={() => void queue.fetchNextPage()}
        >
          {t("common:loadMore")}
        </Button>
      )}
    </Page>
  );
}

function QueueLine({ event }: { event: EventSummary }) {
  const { t } = useTranslation(["admin", "common"]);
  return (
    <Link
      to={`/admin/events/${event.eventId}`}
      className="flex min-h-20 items-center gap-4 rounded-2xl border border-line bg-surface px-4 py-3 shadow-soft hover:border-edge sm:px-5"
    >
      <span className="min-w-0 flex-1">
        <span className="block font-display text-lg font-bold">{event.title}</span>
        <span className="text-sm text-muted">
          {t("queue.shows", { count: event.shows })} · {day(event.createdAt, ownZone())}
        </span>
      </span>
      <Badge>{t(`common:category.${event.category}`)}</Badge>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-muted max-sm:hidden" />
    </Link>
  );
}
