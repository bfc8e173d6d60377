import { ChevronRight, QrCode } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSeatName } from "@/parts/seat-name";
import { Badge } from "@/ui/badge";
import { TICKET_TONES } from "../model";
import { sectionsOf } from "../sections";
import type { KeptTicket } from "../store";
import { ShowLine } from "./show-line";

/** The tickets for one show. */
export function ShowTickets({ tickets }: { tickets: readonly KeptTicket[] }) {
  const { t } = useTranslation("tickets");
  const seatName = useSeatName(sectionsOf(tickets));
  const first = tickets[0]?.ticket;
  if (!first) return null;
  return (
    <section className="overflow-hidden rounded-3xl border border-line bg-surface shadow-soft">
      <div aria-hidden className="footlights h-3 bg-velvet" />
      <div className="flex flex-col gap-4 p-5">
        <h2 className="text-2xl font-bold">{first.title}</h2>
        <ShowLine startsAt={first.startsAt} timeZone={first.timeZone} place={first.venueName} />
        <ul className="grid gap-2 sm:grid-cols-2">
          {tickets.map(({ ticket }) => (
            <li key={ticket.ticketId}>
              <Link
                to={`/tickets/${ticket.ticketId}`}
                className="ticket flex min-h-16 items-center gap-3 bg-raised px-6 py-2 hover:bg-line"
              >
                <QrCode aria-hidden className="size-6 shrink-0 text-velvet" />
                <span className="min-w-0 flex-1 font-semibold">{seatName(ticket.seat)}</span>
                <Badge tone={TICKET_TONES[ticket.status]}>{t(`ticketStatus.${ticket.status}`)}</Badge>
                <ChevronRight aria-hidden className="size-5 shrink-0" />
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
