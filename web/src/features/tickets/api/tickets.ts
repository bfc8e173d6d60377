import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { showQuery } from "@/api/shows";
import { api, ask, type Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { asProblem } from "@/lib/problem";
import { seatParts } from "@/lib/seat";
import { currentSession } from "@/lib/session";
import { isUpcoming } from "../model";
import { dropTicket, type KeptTicket, keepTicket, keptTicket, keptTickets, replaceTickets } from "../store";

/** Bookings that are looked through for tickets: a page, as large as there is. */
const BOOKINGS_MAX = 100;
/** A show's name, place and beginning hardly ever change. */
const SHOW_STALE_MS = 3_600_000;

/** How soon, and how often, tickets are looked for that are not printed yet. */
export const PRINTING_MS = 1_000;
const LOOKS_MAX = 10;

/** What is kept on this device; there at once, network or not. */
export const keptTicketsQuery = (userId: string) =>
  queryOptions({ queryKey: ["kept-tickets", userId], queryFn: () => keptTickets(userId), staleTime: 0 });

/** Asks the server for all tickets that are still of use, and keeps them. Answers how many are not printed yet. */
export const freshTicketsQuery = (userId: string, queries: QueryClient) =>
  queryOptions({
    queryKey: ["fresh-tickets", userId],
    queryFn: async (): Promise<number> => {
      const { tickets, missing } = await upcomingTickets(userId, queries, Date.now());
      await keep(userId, () => replaceTickets(userId, tickets));
      await queries.invalidateQueries({ queryKey: keptTicketsQuery(userId).queryKey });
      return missing;
    },
    staleTime: 0,
    // Tickets follow their booking within moments.
    refetchInterval: ({ state }) => (state.data && state.dataUpdateCount < LOOKS_MAX ? PRINTING_MS : false),
  });

/** Writes for this person, unless they signed out meanwhile. A device that keeps nothing still shows what was answered. */
async function keep(userId: string, write: () => Promise<void>): Promise<void> {
  if (currentSession().userId !== userId) return;
  await write().catch(() => {});
}

async function upcomingTickets(userId: string, queries: QueryClient, savedAt: number) {
  const { items } = await ask(api.GET("/v1/bookings", { params: { query: { limit: BOOKINGS_MAX } } }));
  const confirmed = items.filter(({ status }) => status === "CONFIRMED");
  const shows = new Map(
    await Promise.all(
      [...new Set(confirmed.map(({ showId }) => showId))].map(
        async (showId) =>
          [showId, await queries.fetchQuery({ ...showQuery(showId), staleTime: SHOW_STALE_MS })] as const,
      ),
    ),
  );
  const wanted = confirmed
    .filter(({ showId }) => isUpcoming(shows.get(showId)?.startsAt ?? "", serverNow()))
    .flatMap(({ tickets }) => tickets);
  const found = (await Promise.all(wanted.map(({ ticketId }) => fetchTicket(ticketId)))).filter(
    (ticket) => ticket !== undefined,
  );
  const tickets = found.map((ticket) => kept(userId, ticket, shows.get(ticket.showId)?.sections, savedAt));
  return { tickets, missing: wanted.length - found.length };
}

/** A ticket; undefined if it is not printed yet, or nobody's. */
async function fetchTicket(ticketId: string): Promise<Schema["TicketView"] | undefined> {
  try {
    return await ask(api.GET("/v1/tickets/{ticketId}", { params: { path: { ticketId } } }));
  } catch (error) {
    if (asProblem(error).kind === "not-found") return undefined;
    throw error;
  }
}

function kept(
  userId: string,
  ticket: Schema["TicketView"],
  sections: readonly { section: string; name: string }[] | undefined,
  savedAt: number,
): KeptTicket {
  const sectionName = sections?.find(({ section }) => section === seatParts(ticket.seat).section)?.name;
  return { userId, ticketId: ticket.ticketId, ticket, savedAt, ...(sectionName && { sectionName }) };
}

/** One ticket as it is kept here, or null. */
export const keptTicketQuery = (userId: string, ticketId: string) =>
  queryOptions({
    queryKey: ["kept-tickets", userId, ticketId],
    queryFn: async () => (await keptTicket(userId, ticketId)) ?? null,
    staleTime: 0,
  });

/** One ticket as the server has it now; what is kept here follows. */
export const freshTicketQuery = (userId: string, ticketId: string, queries: QueryClient) =>
  queryOptions({
    queryKey: ["fresh-ticket", userId, ticketId],
    queryFn: async (): Promise<KeptTicket> => {
      const ticket = await ask(api.GET("/v1/tickets/{ticketId}", { params: { path: { ticketId } } })).catch(
        async (error: unknown) => {
          if (asProblem(error).kind === "not-found") await dropTicket(userId, ticketId);
          throw error;
        },
      );
      const show = await queries
        .fetchQuery({ ...showQuery(ticket.showId), staleTime: SHOW_STALE_MS })
        .catch(() => undefined);
      const fresh = kept(userId, ticket, show?.sections, Date.now());
      // A ticket that opens no door any more is not carried along.
      if (ticket.status === "REVOKED") await dropTicket(userId, ticketId);
      else await keep(userId, () => keepTicket(fresh));
      return fresh;
    },
    staleTime: 0,
  });

export function ticketPdf(ticketId: string): Promise<Blob> {
  return ask(
    api.GET("/v1/tickets/{ticketId}/pdf", { params: { path: { ticketId } }, parseAs: "blob" }),
  ) as Promise<Blob>;
}
