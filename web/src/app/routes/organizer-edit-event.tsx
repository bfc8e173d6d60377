export { EditEventPage as Component } from "@/features/organizer/components/edit-event-page";
