import { useInfiniteQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { money } from "@/lib/money";
import { dayAndTime, ownZone } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { useSeatName } from "@/parts/seat-name";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/skeleton";
import { type ShowBooking, showBookingsQuery } from "../api/sales";
import { leftOf } from "../sold";
import { RefundDialog } from "./refund-dialog";

const tones: Record<Schema["BookingStatus"], Tone> = {
  PENDING: "plain",
  CONFIRMED: "good",
  CANCELLED: "warn",
  EXPIRED: "plain",
  REFUNDED: "calm",
  PARTIALLY_REFUNDED: "calm",
};

/** Who bought what of a show; from here money goes back. */
export function ShowBookings({
  showId,
  sections,
}: {
  showId: string;
  sections: readonly { section: string; name: string }[];
}) {
  const { t } = useTranslation(["organizer", "common"]);
  const bookings = useInfiniteQuery(showBookingsQuery(showId));
  const [chosen, setChosen] = useState<ShowBooking>();
  const items = bookings.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div>
      <h3 className="mb-2 font-sans text-base font-bold">{t("bookings.title")}</h3>
      {bookings.isError && <ProblemNotice error={bookings.error} onRetry={() => void bookings.refetch()} />}
      {bookings.isPending && <Skeleton className="h-28" />}
      {bookings.isSuccess && items.length === 0 && <p className="text-muted">{t("bookings.none")}</p>}
      <ul className="divide-y divide-line">
        {items.map((booking) => (
          <BookingLine
            key={booking.bookingId}
            booking={booking}
            sections={sections}
            onRefund={() => setChosen(booking)}
          />
        ))}
      </ul>
      {bookings.hasNextPage && (
        <Button kind="secondary" busy={bookings.isFetchingNextPage} onClick={() => void bookings.fetchNextPage()}>
          {t("common:loadMore")}
        </Button>
      )}
      {chosen && <RefundDialog booking={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  );
}

function BookingLine({
  booking,
  sections,
  onRefund,
}: {
  booking: ShowBooking;
  sections: readonly { section: string; name: string }[];
  onRefund: () => void;
}) {
  const { t } = useTranslation("organizer");
  const seatName = useSeatName(sections);
  const refundable = booking.status === "CONFIRMED" || booking.status === "PARTIALLY_REFUNDED";
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3" data-booking={booking.bookingId}>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">
          {booking.bookingNumber} <Badge tone={tones[booking.status]}>{t(`bookings.status.${booking.status}`)}</Badge>
        </p>
        <p className="text-sm text-muted">{booking.seats.map(({ seat }) => seatName(seat)).join(", ")}</p>
        <p className="text-sm text-muted">{dayAndTime(booking.confirmedAt ?? booking.createdAt, ownZone())}</p>
      </div>
      <div className="text-right tabular-nums">
        <p className="font-semibold">{money(booking.quote.total)}</p>
        {booking.refund && (
          <p className="text-sm text-muted">{t("bookings.goesBack", { amount: money(booking.refund.amount) })}</p>
        )}
      </div>
      {refundable && leftOf(booking) > 0 && (
        <Button
          kind="secondary"
          size="small"
          aria-label={t("bookings.refundOf", { number: booking.bookingNumber })}
          onClick={onRefund}
        >
          <Undo2 aria-hidden />
          {t("bookings.refund")}
        </Button>
      )}
    </li>
  );
}
