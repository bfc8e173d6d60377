export { EventsPage as Component } from "@/features/discover/components/events-page";
