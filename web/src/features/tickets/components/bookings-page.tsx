import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronRight, ReceiptText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Booking, bookingsQuery } from "@/api/bookings";
import { showQuery } from "@/api/shows";
import { money } from "@/lib/money";
import { ProblemNotice } from "@/parts/problem-notice";
import { When } from "@/parts/when";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/skeleton";
import { STATUS_TONES } from "../model";

/** Everything that the caller ever booked, newest first. */
export function BookingsPage() {
  const { t } = useTranslation(["tickets", "common"]);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    bookingsQuery(),
  );
  const bookings = data?.pages.flatMap(({ items }) => items) ?? [];
  const tickets = (
    <ButtonLink to="/tickets" kind="secondary">
      {t("bookings.toTickets")}
    </ButtonLink>
  );
  return (
    <Page title={t("bookings.title")} actions={tickets}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} className="mb-4" />}
      {isPending && <Rows />}
      {data && bookings.length === 0 && (
        <Empty
          icon={<ReceiptText aria-hidden />}
          title={t("bookings.empty")}
          action={<ButtonLink to="/events">{t("toEvents")}</ButtonLink>}
        >
          {t("bookings.emptyText")}
        </Empty>
      )}
      <ul className="flex flex-col gap-3">
        {bookings.map((booking) => (
          <li key={booking.bookingId}>
            <Row booking={booking} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button kind="secondary" className="mt-6" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("common:loadMore")}
        </Button>
      )}
    </Page>
  );
}

function Row({ booking }: { booking: Booking }) {
  const { t } = useTranslation(["tickets", "common"]);
  const show = useQuery({ ...showQuery(booking.showId), staleTime: Number.POSITIVE_INFINITY });
  return (
    <Link
      to={`/bookings/${booking.bookingId}`}
      className="flex items-center gap-4 rounded-3xl border border-line bg-surface p-4 shadow-soft hover:bg-raised sm:px-5"
    >
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-display text-lg font-bold">
            {show.data?.title ?? (show.isPending ? <Skeleton className="h-6 w-48" /> : t("bookings.someShow"))}
          </span>
          <Badge tone={STATUS_TONES[booking.status]}>{t(`status.${booking.status}`)}</Badge>
        </div>
        <div className="text-muted">
          {show.data ? (
            <When at={show.data.startsAt} timeZone={show.data.timeZone} />
          ) : (
            <Skeleton className="mt-1 h-5 w-40" />
          )}
        </div>
        <p className="text-sm text-muted">
          {booking.bookingNumber} · {t("common:seat.count", { count: booking.seats.length })} ·{" "}
          {money(booking.quote.total)}
        </p>
      </div>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
    </Link>
  );
}

function Rows() {
  return (
    <div className="flex flex-col gap-3">
      {[1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-28 rounded-3xl" />
      ))}
    </div>
  );
}
