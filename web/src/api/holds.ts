import { queryOptions } from "@tanstack/react-query";
import { api, ask, idempotencyKey, type Schema } from "@/lib/api";
import { learnServerTime } from "@/lib/clock";
import { asProblem } from "@/lib/problem";

export type Hold = Schema["HoldView"];

/** The caller's live hold in a show, or null. */
export const holdQuery = (showId: string) =>
  queryOptions({
    queryKey: ["hold", showId],
    queryFn: async ({ signal }): Promise<Hold | null> => {
      try {
        return await timed(ask(api.GET("/v1/shows/{showId}/hold", { params: { path: { showId } }, signal })));
      } catch (error) {
        const { kind } = asProblem(error);
        if (kind === "not-found" || kind === "hold-expired") return null;
        throw error;
      }
    },
    staleTime: 0,
  });

/** Holds these places, or so many of the best. */
export function placeHold(showId: string, wanted: Schema["PlaceHold"]): Promise<Hold> {
  return timed(
    ask(api.POST("/v1/shows/{showId}/hold", { params: { path: { showId }, header: idempotencyKey() }, body: wanted })),
  );
}

/** More time, as much as the show allows. */
export function extendHold(showId: string): Promise<Hold> {
  return timed(ask(api.POST("/v1/shows/{showId}/hold/extend", { params: { path: { showId } } })));
}

/** Gives the places back. */
export function releaseHold(showId: string): Promise<unknown> {
  return ask(api.DELETE("/v1/shows/{showId}/hold", { params: { path: { showId } } }));
}

async function timed(answer: Promise<Hold>): Promise<Hold> {
  const sentAt = Date.now();
  const hold = await answer;
  learnServerTime(hold.serverTime, sentAt, Date.now());
  return hold;
}
