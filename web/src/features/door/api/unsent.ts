import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Finding, openFindings, pendingScans } from "../store";
import { syncScans } from "../sync";

/** How soon the server is told again of what it does not know yet. */
const AGAIN_MS = 4_000;

/** Sends what this person scanned without a network, of every show, for as long as somebody asks. Answers what was found out by it. */
export const unsentQuery = (owner: string, queries: QueryClient) =>
  queryOptions({
    queryKey: ["door", "unsent", owner],
    queryFn: async (): Promise<Finding[]> => {
      if (navigator.onLine && (await pendingScans(owner)) > 0) {
        // What could not be sent is sent the next time.
        await syncScans(owner).catch(() => {});
        await queries.invalidateQueries({ queryKey: ["door", "on-device", owner] });
      }
      return openFindings(owner);
    },
    staleTime: 0,
    refetchInterval: AGAIN_MS,
    refetchOnReconnect: true,
  });
