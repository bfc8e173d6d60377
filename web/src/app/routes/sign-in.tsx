import { SignIn } from "@/features/account/components/sign-in";

export function Component() {
  return <SignIn />;
}
