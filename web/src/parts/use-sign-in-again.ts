import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSession } from "@/lib/session";

/** Sends those whose sign-in ends while they are on a page to sign in, and back to where they were. */
export function useSignInAgain(): void {
  const { state } = useSession();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (state !== "signed-out") return;
    void navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`, { replace: true });
  }, [state, pathname, search, navigate]);
}
