import { queryOptions } from "@tanstack/react-query";
import { api, ask, idempotencyKey, type Schema } from "@/lib/api";
import { learnServerTime } from "@/lib/clock";
import { asProblem } from "@/lib/problem";

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("frontrow.holds");

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
  const params = { path: { showId }, header: idempotencyKey() };
  return told(showId, timed(ask(api.POST("/v1/shows/{showId}/hold", { params, body: wanted }))));
}

/** More time, as much as the show allows. */
export function extendHold(showId: string): Promise<Hold> {
  return told(showId, timed(ask(api.POST("/v1/shows/{showId}/hold/extend", { params: { path: { showId } } }))));
}

/** Gives the places back. A booking that is begun is called off, and its places with it: then even a payment that still arrives goes back. */
export function giveBack({ showId, bookingId }: Hold): Promise<unknown> {
  if (!bookingId) return releaseHold(showId);
  return told(showId, ask(api.POST("/v1/bookings/{bookingId}/cancel", { params: { path: { bookingId } } })));
}

/** Gives the places back that no booking was made of. */
function releaseHold(showId: string): Promise<unknown> {
  return told(showId, ask(api.DELETE("/v1/shows/{showId}/hold", { params: { path: { showId } } })));
}

/** Hears when another tab of this browser held, extended, booked or released places of a show. */
export function watchHold(showId: string, onChange: () => void): () => void {
  const hear = ({ data }: MessageEvent) => data === showId && onChange();
  channel?.addEventListener("message", hear);
  return () => channel?.removeEventListener("message", hear);
}

/** Tells other tabs of this browser that the hold is not what it was. */
export function tellHold(showId: string): void {
  channel?.postMessage(showId);
}

async function told<T>(showId: string, answer: Promise<T>): Promise<T> {
  const value = await answer;
  tellHold(showId);
  return value;
}

async function timed(answer: Promise<Hold>): Promise<Hold> {
  const sentAt = Date.now();
  const hold = await answer;
  learnServerTime(hold.serverTime, sentAt, Date.now());
  return hold;
}
