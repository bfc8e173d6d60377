import { Profile } from "@/features/account/components/profile";
import { currentSession } from "@/lib/session";

export function Component() {
  return <Profile unsentScans={unsentScans} />;
}

/** What would wait on this device for its owner if they signed out now. Only those who work doors have any: their code is fetched for nobody else. */
async function unsentScans(): Promise<number> {
  const { roles, userId = "" } = currentSession();
  if (roles.every((role) => role === "USER")) return 0;
  const { pendingScans } = await import("@/features/door/store");
  return pendingScans(userId);
}
