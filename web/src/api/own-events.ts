import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Schema } from "@/lib/api";

export type OwnEvent = Schema["OwnEventView"];
export type EventSummary = Schema["EventSummaryView"];
export type EventStatus = Schema["EventStatus"];

/** The organization's events, newest first; for admins everybody's of one status. */
export const ownEventsQuery = (status?: EventStatus) =>
  infiniteQueryOptions({
    queryKey: ["own-events", status ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/organizer/events", {
          params: { query: { limit: 20, ...(status && { status }), ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    // Others write, hand in and decide at the same time.
    staleTime: 0,
  });

/** An event in whatever state, for those who work on it. */
export const ownEventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ["own-event", eventId],
    queryFn: ({ signal }): Promise<OwnEvent> =>
      ask(api.GET("/v1/organizer/events/{eventId}", { params: { path: { eventId } }, signal })),
    staleTime: 0,
  });
