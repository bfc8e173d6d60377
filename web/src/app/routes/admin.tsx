export { QueuePage as Component } from "@/features/admin/components/queue-page";
