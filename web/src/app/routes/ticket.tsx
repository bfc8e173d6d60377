export { TicketPage as Component } from "@/features/tickets/components/ticket-page";
