import { ChevronRight, QrCode } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Booking } from "@/api/bookings";

/** A booking's tickets, one below the other. */
export function TicketLinks({ booking, seatName }: { booking: Booking; seatName: (seat: string) => string }) {
  const { t } = useTranslation("tickets");
  return (
    <ul className="flex flex-col gap-2">
      {booking.tickets.map(({ ticketId, seat }) => (
        <li key={ticketId}>
          <Link
            to={`/tickets/${ticketId}`}
            className="ticket flex min-h-14 items-center gap-3 bg-raised px-6 py-2 font-semibold hover:bg-line"
          >
            <QrCode aria-hidden className="size-6 shrink-0 text-velvet" />
            <span className="min-w-0 flex-1">{seatName(seat)}</span>
            <span className="sr-only">{t("ticket.show")}</span>
            <ChevronRight aria-hidden className="size-5 shrink-0" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
