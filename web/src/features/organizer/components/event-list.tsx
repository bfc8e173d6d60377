import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarPlus, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type EventStatus, type EventSummary, ownEventsQuery } from "@/api/own-events";
import { useSession } from "@/lib/session";
import { day, ownZone } from "@/lib/time";
import { EventStatusBadge } from "@/parts/event-status-badge";
import { Button, ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { SelectField } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { OrganizationProblem } from "./organization-problem";

const STATUSES: EventStatus[] = ["DRAFT", "SUBMITTED", "PUBLISHED", "COMPLETED", "CANCELLED"];

/** The organization's events, of one status or of all. */
export function EventList() {
  const { t } = useTranslation(["organizer", "common"]);
  const [search, setSearch] = useSearchParams();
  const { roles } = useSession();
  // The server shows admins one status at a time, of everybody's events.
  const admin = roles.includes("ADMIN");
  const asked = STATUSES.find((status) => status === search.get("status"));
  const status = asked ?? (admin ? "SUBMITTED" : undefined);
  const events = useInfiniteQuery(ownEventsQuery(status));
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <>
      <SelectField
        className="mb-5 max-w-64"
        label={t("list.status")}
        value={status ?? ""}
        onChange={({ target }) => setSearch(target.value ? { status: target.value } : {})}
      >
        {!admin && <option value="">{t("list.all")}</option>}
        {STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`common:eventStatus.${one}`)}
          </option>
        ))}
      </SelectField>
      {events.isError && <OrganizationProblem error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && (
        <div className="flex flex-col gap-3">
          {[1, 2, 3, 4].map((line) => (
            <Skeleton key={line} className="h-20 rounded-2xl" />
          ))}
        </div>
      )}
      {events.isSuccess && items.length === 0 && !events.hasNextPage && (
        <Empty
          icon={<CalendarPlus aria-hidden />}
          title={status ? t("list.noneOfStatus") : t("list.none")}
          action={
            status && !admin ? (
              <Button kind="secondary" onClick={() => setSearch({})}>
                {t("list.showAll")}
              </Button>
            ) : (
              <ButtonLink to="/organizer/events/new">{t("page.newEvent")}</ButtonLink>
            )
          }
        >
          {!status && t("list.noneText")}
        </Empty>
      )}
      <ul className="flex flex-col gap-3" aria-busy={events.isFetching}>
        {items.map((event) => (
          <li key={event.eventId}>
            <EventLine event={event} />
          </li>
        ))}
      </ul>
      {events.hasNextPage && (
        <Button
          kind="secondary"
          className="mt-4"
          busy={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t("common:loadMore")}
        </Button>
      )}
    </>
  );
}

function EventLine({ event }: { event: EventSummary }) {
  const { t } = useTranslation(["organizer", "common"]);
  return (
    <Link
      to={`/organizer/events/${event.eventId}`}
      className="flex min-h-20 items-center gap-4 rounded-2xl border border-line bg-surface px-4 py-3 shadow-soft hover:border-edge sm:px-5"
    >
      <span className="min-w-0 flex-1">
        <span className="block font-display text-lg font-bold">{event.title}</span>
        <span className="text-sm text-muted">
          {t(`common:category.${event.category}`)} · {t("list.shows", { count: event.shows })} ·{" "}
          {t("list.created", { day: day(event.createdAt, ownZone()) })}
        </span>
      </span>
      <EventStatusBadge status={event.status} approved={event.approved} />
      <ChevronRight aria-hidden className="size-5 shrink-0 text-muted max-sm:hidden" />
    </Link>
  );
}
