import { redirect } from "react-router";
import { Problem } from "@/lib/problem";
import { type Role, sessionKnown } from "@/lib/session";

/** Sends those who are not signed in to sign in first, and back here after it. Those without the role are told so. */
export async function mustBeSignedIn(request: Request, roles: readonly Role[]): Promise<void> {
  const session = await sessionKnown();
  if (session.state === "signed-out") {
    const { pathname, search } = new URL(request.url);
    throw redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  }
  if (!session.roles.some((role) => roles.includes(role))) throw new Problem("forbidden");
}
