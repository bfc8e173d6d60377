export { EventPage as Component } from "@/features/discover/components/event-page";
