import { api, ask } from "@/lib/api";

export const REASON_MAX = 500;

/** Says yes; the organizer may publish it now. */
export function approveEvent(eventId: string) {
  return ask(api.POST("/v1/events/{eventId}/approve", { params: { path: { eventId } } }));
}

/** Hands it back with the reason why; it is a draft again. */
export function rejectEvent(eventId: string, reason: string) {
  return ask(api.POST("/v1/events/{eventId}/reject", { params: { path: { eventId } }, body: { reason } }));
}
