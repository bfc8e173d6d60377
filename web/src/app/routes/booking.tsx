export { BookingPage as Component } from "@/features/tickets/components/booking-page";
