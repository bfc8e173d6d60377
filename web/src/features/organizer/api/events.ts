import { queryOptions } from "@tanstack/react-query";
import type { OwnEvent } from "@/api/own-events";
import { api, ask, type idempotencyKey, type Schema } from "@/lib/api";

/** Writes a draft. The key is the intention's: the same draft sent twice is written once. */
export function createEvent(body: Schema["CreateEvent"], key: ReturnType<typeof idempotencyKey>): Promise<OwnEvent> {
  return ask(api.POST("/v1/events", { params: { header: key }, body }));
}

export function updateEvent(eventId: string, body: Schema["UpdateEvent"]): Promise<OwnEvent> {
  return ask(api.PATCH("/v1/events/{eventId}", { params: { path: { eventId } }, body }));
}

export function submitEvent(eventId: string) {
  return ask(api.POST("/v1/events/{eventId}/submit", { params: { path: { eventId } } }));
}

/** How far a long piece of work is. */
export interface Progress {
  done: number;
  of: number;
}

/** Puts an event on sale. A call works for a while and says how far it came; it is called until it is done. */
export async function publishEvent(eventId: string, onProgress: (progress: Progress) => void): Promise<void> {
  for (;;) {
    const answer = api.POST("/v1/events/{eventId}/publish", { params: { path: { eventId } } });
    const view = await ask(answer);
    onProgress({ done: view.showsPublished, of: view.shows });
    if ((await answer).response.status !== 202) return;
  }
}

/** Calls an event off, in the same way. Nothing is on sale any more after the first answer. */
export async function cancelEvent(eventId: string, onProgress: (progress: Progress) => void): Promise<void> {
  for (;;) {
    const answer = api.POST("/v1/events/{eventId}/cancel", { params: { path: { eventId } } });
    const view = await ask(answer);
    onProgress({ done: view.showsClosed, of: view.shows });
    if ((await answer).response.status !== 202) return;
  }
}

const CALL_OFF_POLL_MS = 2_000;

/** How far the bookings of an event that was called off have been given back. Asked again until it is complete. */
export const callOffQuery = (eventId: string) =>
  queryOptions({
    queryKey: ["call-off", eventId],
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/organizer/events/{eventId}/call-off", { params: { path: { eventId } }, signal })),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.complete ? false : CALL_OFF_POLL_MS),
  });

/** By what terms the organization sells. */
export const organizationQuery = () =>
  queryOptions({
    queryKey: ["organization"],
    queryFn: ({ signal }) => ask(api.GET("/v1/organizer/organization", { signal })),
  });

export function updateOrganization(body: Schema["UpdateOrganization"]): Promise<Schema["OrganizationView"]> {
  return ask(api.PATCH("/v1/organizer/organization", { body }));
}
