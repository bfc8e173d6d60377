import { ForgotPassword } from "@/features/account/components/forgot-password";

export function Component() {
  return <ForgotPassword />;
}
