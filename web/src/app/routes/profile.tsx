import { Profile } from "@/features/account/components/profile";

export function Component() {
  return <Profile />;
}
