export { OrganizerPage as Component } from "@/features/organizer/components/organizer-page";
