import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import type { paths } from "./schema";

export type EventSearch = NonNullable<paths["/v1/events"]["get"]["parameters"]["query"]>;

/** What the first page asks for; `public/start.js` does the same. */
export const FIRST_EVENTS: EventSearch = { limit: 48 };

/** Everybody's list of events, page by page. */
export const eventsQuery = (search: EventSearch) =>
  infiniteQueryOptions({
    queryKey: ["events", search],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/v1/events", { params: { query: { ...search, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** An event with its shows. */
export const eventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ["event", eventId],
    queryFn: ({ signal }) => ask(api.GET("/v1/events/{eventId}", { params: { path: { eventId } }, signal })),
  });
