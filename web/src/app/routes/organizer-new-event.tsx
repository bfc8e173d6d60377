export { NewEventPage as Component } from "@/features/organizer/components/new-event-page";
