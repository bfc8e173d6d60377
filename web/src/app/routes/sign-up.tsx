import { SignUp } from "@/features/account/components/sign-up";

export function Component() {
  return <SignUp />;
}
