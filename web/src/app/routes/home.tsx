export { HomePage as Component } from "@/features/discover/components/home-page";
