export { ReviewPage as Component } from "@/features/admin/components/review-page";
