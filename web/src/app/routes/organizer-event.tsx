export { ManagePage as Component } from "@/features/organizer/components/manage-page";
