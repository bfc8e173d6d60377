import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Schema } from "@/lib/api";
import { learnServerTime } from "@/lib/clock";
import type { PublishedKey } from "../code";
import type { ListedTicket } from "../model";
import { allShows, type NamedSection, rememberShows } from "../store";

export type DoorShow = Schema["DoorShowView"];

/** Shows of a page; an organization has few that are near. */
const SHOWS_MAX = 100;

/** The shows whose door this person works. */
export const doorShowsQuery = (owner: string) =>
  queryOptions({
    queryKey: ["door", "shows", owner],
    queryFn: async ({ signal }): Promise<DoorShow[]> => {
      const page = await ask(api.GET("/v1/door/shows", { params: { query: { limit: SHOWS_MAX } }, signal }));
      await rememberShows(owner, page.items);
      return page.items;
    },
    retry: false,
  });

/** What this device remembers of them. */
export const rememberedShowsQuery = (owner: string) =>
  queryOptions({ queryKey: ["door", "remembered", owner], queryFn: () => allShows(owner), staleTime: 0 });

/** What people call the show's sections. */
export async function sectionsOf(showId: string): Promise<NamedSection[]> {
  const { sections } = await ask(api.GET("/v1/shows/{showId}", { params: { path: { showId } } }));
  return sections.map(({ section, name }) => ({ section, name }));
}

export async function publishedKeys(): Promise<PublishedKey[]> {
  return (await ask(api.GET("/v1/ticket-keys"))).items;
}

/** Reads a door list to its end, or what changed in it. Each page is handed on as it comes; the result is the moment as of which all is known. */
export async function readDoorList(
  showId: string,
  since: string | undefined,
  take: (tickets: ListedTicket[]) => Promise<void>,
): Promise<string> {
  let cursor: string | undefined;
  for (;;) {
    const query = { ...(since && { since }), ...(cursor && { cursor }) };
    const sentAt = Date.now();
    const page = await ask(api.GET("/v1/door/shows/{showId}/tickets", { params: { path: { showId }, query } }));
    // The first page's moment is now; the later ones repeat it.
    if (!cursor) learnServerTime(page.asOf, sentAt, Date.now());
    await take(page.items);
    if (!page.next) return page.asOf;
    cursor = page.next;
  }
}

export function checkInOnline(scan: Schema["CheckIn"], signal: AbortSignal): Promise<Schema["CheckInView"]> {
  return ask(api.POST("/v1/check-ins", { body: scan, signal }));
}

export async function checkInBatch(items: Schema["OfflineCheckIn"][]): Promise<Schema["OfflineCheckInView"][]> {
  return (await ask(api.POST("/v1/check-ins/batch", { body: { items } }))).items;
}
