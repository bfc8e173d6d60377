import { Confirm } from "@/features/account/components/confirm";

export function Component() {
  return <Confirm />;
}
