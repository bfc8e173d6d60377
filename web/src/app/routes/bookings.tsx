export { BookingsPage as Component } from "@/features/tickets/components/bookings-page";
