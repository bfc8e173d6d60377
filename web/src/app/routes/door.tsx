import { Shows } from "@/features/door/components/shows";

export function Component() {
  return <Shows />;
}
