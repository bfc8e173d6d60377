export { TicketsPage as Component } from "@/features/tickets/components/tickets-page";
