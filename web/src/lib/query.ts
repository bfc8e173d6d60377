import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";
import { currentSession, subscribe } from "./session";

/** How often a question is asked again that failed for a passing reason. */
const RETRIES_MAX = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => asProblem(error).passes && failures < RETRIES_MAX,
      retryDelay: (failures, error) => (asProblem(error).retryAfterSeconds ?? 0.5 * 2 ** failures) * 1000,
      // Asked at once: the answer "you are offline" is for us to show.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

// What one person was shown is not for the next: it is forgotten with their session, in every tab.
let shownTo: string | undefined;
subscribe(() => {
  const { state, userId } = currentSession();
  if (state === "unknown") return;
  if (shownTo !== undefined && shownTo !== userId) queryClient.clear();
  shownTo = userId;
});
