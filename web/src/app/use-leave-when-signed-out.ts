import { useEffect, useRef } from "react";
import { useRevalidator } from "react-router";
import { useSession } from "@/lib/session";

/** When a session ends, here or in another tab, the page's guard is asked again: what is only for somebody is not left on the screen. */
export function useLeaveWhenSignedOut(): void {
  const { state } = useSession();
  const { revalidate } = useRevalidator();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "signed-in" && state === "signed-out") void revalidate();
    before.current = state;
  }, [state, revalidate]);
}
