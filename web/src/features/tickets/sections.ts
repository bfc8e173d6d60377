import { seatParts } from "@/lib/seat";
import type { KeptTicket } from "./store";

/** The names of the tickets' sections, as far as they are kept with them. */
export function sectionsOf(tickets: readonly KeptTicket[]): { section: string; name: string }[] {
  return tickets.flatMap(({ ticket, sectionName }) =>
    sectionName ? [{ section: seatParts(ticket.seat).section, name: sectionName }] : [],
  );
}
