import { KEPT } from "@/features/tickets/kept-mark";
import { currentSession, subscribe } from "@/lib/session";

/** Whoever signs out leaves no ticket behind. The database's code is fetched only where there is something to take off. */
export function forgetTicketsAtSignOut(): void {
  subscribe(() => {
    if (currentSession().state !== "signed-out" || !localStorage.getItem(KEPT)) return;
    void import("@/features/tickets/store").then(({ dropAllTickets }) => dropAllTickets());
  });
}
