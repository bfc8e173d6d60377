import { CalendarPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Booking } from "@/api/bookings";
import type { Schema } from "@/lib/api";
import { download } from "@/lib/download";
import { money } from "@/lib/money";
import { PriceBreakdown } from "@/parts/price-breakdown";
import { RefundTerms } from "@/parts/refund-terms";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { calendarFile } from "../calendar";
import { moneyOf } from "../model";
import { CancelBooking } from "./cancel-booking";
import { Documents } from "./documents";
import { RefundProgress } from "./refund-progress";
import { ShowLine } from "./show-line";
import { TicketLinks } from "./ticket-links";

type Show = Schema["ShowDetailView"];

/** The evening, the tickets and the money of a booking. The evening may be unknown for a moment: the rest is shown all the same. */
export function BookingDetails({
  booking,
  show,
  seatName,
}: {
  booking: Booking;
  show: Show | undefined;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("tickets");
  const confirmed = booking.status === "CONFIRMED";
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1.3fr_1fr]">
      <div className="flex flex-col gap-6">
        {show && (
          <Card className="flex flex-col gap-3">
            <h2 className="text-xl font-bold">
              <Link to={`/events/${booking.eventId}`} className="hover:underline">
                {show.title}
              </Link>
            </h2>
            <ShowLine startsAt={show.startsAt} timeZone={show.timeZone} place={`${show.venueName}, ${show.city}`} />
            {confirmed && <AddToCalendar booking={booking} show={show} seatName={seatName} />}
          </Card>
        )}
        <Card className="flex flex-col gap-4">
          <h2 className="text-xl font-bold">{t(confirmed ? "booking.tickets" : "booking.seats")}</h2>
          {confirmed ? (
            <TicketLinks booking={booking} seatName={seatName} />
          ) : (
            <ul className="flex flex-col gap-1">
              {booking.seats.map(({ seat }) => (
                <li key={seat}>{seatName(seat)}</li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      <div className="flex flex-col gap-6">
        <Card className="flex flex-col gap-4">
          <h2 className="text-xl font-bold">{t("booking.price")}</h2>
          <PriceBreakdown quote={booking.quote} />
          {booking.couponCode && <p className="text-muted">{t("booking.coupon", { code: booking.couponCode })}</p>}
          <PaymentState booking={booking} />
          {booking.refund && <RefundProgress refund={booking.refund} />}
        </Card>
        {booking.confirmedAt && <Documents bookingId={booking.bookingId} />}
        {confirmed && show && (
          <Card className="flex flex-col gap-3">
            <h2 className="text-xl font-bold">{t("cancel.title")}</h2>
            <RefundTerms show={show} />
            <CancelBooking booking={booking} show={show} />
          </Card>
        )}
      </div>
    </div>
  );
}

function PaymentState({ booking }: { booking: Booking }) {
  const { t } = useTranslation("tickets");
  const state = moneyOf(booking);
  const through = booking.payment?.provider;
  return (
    <p>
      <span className="font-semibold">{t("booking.payment")}: </span>
      {t(`money.${state}`)}
      {through && through !== "free" && <span className="text-muted"> ({t(`through.${through}`)})</span>}
    </p>
  );
}

function AddToCalendar({
  booking,
  show,
  seatName,
}: {
  booking: Booking;
  show: Show;
  seatName: (seat: string) => string;
}) {
  const { t } = useTranslation("tickets");
  const save = () => {
    const url = `${location.origin}/bookings/${booking.bookingId}`;
    const seats = booking.seats.map(({ seat }) => seatName(seat)).join("\n");
    const file = calendarFile(
      {
        uid: `${booking.bookingId}@frontrow`,
        title: show.title,
        startsAt: show.startsAt,
        place: `${show.venueName}, ${show.city}`,
        notes: `${seats}\n${booking.bookingNumber} · ${money(booking.quote.total)}`,
        url,
      },
      new Date(),
    );
    download(`${booking.bookingNumber}.ics`, new Blob([file], { type: "text/calendar;charset=utf-8" }));
  };
  return (
    <Button kind="secondary" className="self-start" onClick={save}>
      <CalendarPlus aria-hidden />
      {t("calendar")}
    </Button>
  );
}
