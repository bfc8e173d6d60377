import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { type Booking, bookingQuery, bookingsQuery } from "@/api/bookings";
import { paidOf } from "@/api/payments";
import { RetakeSeats } from "@/parts/retake-seats";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import type { Memory } from "../model";

/** The hold is over, or there never was one: the same seats again at one tap, if it is known which they were. */
export function HoldOver({
  showId,
  memory,
  seatName,
}: {
  showId: string;
  memory: Memory;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("checkout");
  const { booking, looking } = useBookingOf(showId, memory);
  if (looking) return <Skeleton className="h-56 rounded-3xl" />;
  // Who has paid, here, in another tab or on another device, is shown what became of it.
  if (booking && isPaid(booking, memory)) {
    return <Navigate to={`/bookings/${booking.bookingId}`} replace />;
  }
  const seats = memory.seats.length > 0 ? memory.seats : seatsOfUnpaid(booking);
  const known = seats.length > 0;
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="flex items-center gap-3 text-xl font-bold">
        <Hourglass aria-hidden className="size-6 text-velvet" />
        {t(known ? "over.title" : "over.none")}
      </h2>
      <p role={known ? "alert" : undefined}>{t(known ? "over.text" : "over.noneText")}</p>
      {known && <p className="text-muted">{seats.map(seatName).join(", ")}</p>}
      <RetakeSeats showId={showId} seats={seats} seatName={seatName} />
      {booking && (
        <p>
          {t("over.paid")}{" "}
          <ButtonLink kind="quiet" size="small" to={`/bookings/${booking.bookingId}`}>
            {t("over.booking")}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}

/** The booking that this tab remembers; for a tab that knows of none, the newest one of these places, or of this show. */
function useBookingOf(
  showId: string,
  { bookingId, seats }: Memory,
): { booking: Booking | undefined; looking: boolean } {
  const remembered = useQuery({ ...bookingQuery(bookingId ?? ""), enabled: !!bookingId });
  const all = useInfiniteQuery({ ...bookingsQuery(), enabled: !bookingId, staleTime: 0 });
  const newest = all.data?.pages[0]?.items.find((one) => one.showId === showId && hasAll(one, seats));
  return { booking: bookingId ? remembered.data : newest, looking: remembered.isLoading || all.isLoading };
}

function hasAll(booking: Booking, seats: readonly string[]): boolean {
  const booked = new Set(booking.seats.map(({ seat }) => seat));
  return seats.every((seat) => booked.has(seat));
}

/** Whoever comes without a memory may hold nothing, and have bought before: only what was paid on this device is theirs to be shown. */
function isPaid({ bookingId, status }: Booking, memory: Memory): boolean {
  return memory.seats.length > 0 ? status === "CONFIRMED" : paidOf(bookingId) !== undefined;
}

function seatsOfUnpaid(booking: Booking | undefined): string[] {
  return booking?.status === "PENDING" ? booking.seats.map(({ seat }) => seat) : [];
}
