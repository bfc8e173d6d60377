import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type idempotencyKey, type Schema } from "@/lib/api";

export type ShowBooking = Schema["ShowBookingView"];
export type Refund = Schema["RefundItemView"];
export type RefundStatus = Schema["RefundStatus"];

/** Days as UTC dates, both included; at most 31. */
export interface Period {
  from: string;
  to: string;
}

/** All parts of the books of a period as one CSV: the column names once, then a row for every line of every posting. */
export async function ledgerCsv(period: Period, organizationId: string, signal?: AbortSignal): Promise<string> {
  let text = "";
  let cursor: string | undefined;
  do {
    const query = { ...period, organizationId, ...(cursor && { cursor }) };
    const answer = api.GET("/v1/organizer/ledger.csv", {
      params: { query },
      parseAs: "text",
      ...(signal && { signal }),
    });
    const part = await ask(answer);
    text += text ? part.slice(part.indexOf("\n") + 1) : part;
    cursor = nextCursor((await answer).response.headers.get("link"));
  } while (cursor);
  return text;
}

/** Where `Link: </v1/…?cursor=…>; rel="next"` leads. */
export function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]+)>\s*;\s*rel="next"/.exec(link ?? "")?.[1];
  return target ? (new URL(target, "http://localhost").searchParams.get("cursor") ?? undefined) : undefined;
}

export const ledgerQuery = (period: Period, organizationId: string) =>
  queryOptions({
    queryKey: ["ledger", organizationId, period],
    queryFn: ({ signal }) => ledgerCsv(period, organizationId, signal),
    staleTime: 0,
  });

const REFUND_POLL_MS = 3_000;
const ON_ITS_WAY = new Set<string>(["CANCELLED"]);

/** A show's bookings, oldest first; asked again while money is on its way back. */
export const showBookingsQuery = (showId: string) =>
  infiniteQueryOptions({
    queryKey: ["show-bookings", showId],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/organizer/shows/{showId}/bookings", {
          params: { path: { showId }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((one) => one.refund && ON_ITS_WAY.has(one.status)))
        ? REFUND_POLL_MS
        : false,
  });

/** Calls somebody's booking off; all that is left of it goes back. */
export function cancelBooking(showId: string, bookingId: string) {
  return ask(
    api.POST("/v1/organizer/shows/{showId}/bookings/{bookingId}/cancel", { params: { path: { showId, bookingId } } }),
  );
}

/** Gives a part of a booking's money back; the booking stays. */
export function refundPart(
  showId: string,
  bookingId: string,
  amount: Schema["Money"],
  key: ReturnType<typeof idempotencyKey>,
): Promise<Refund> {
  return ask(
    api.POST("/v1/organizer/shows/{showId}/bookings/{bookingId}/refunds", {
      params: { path: { showId, bookingId }, header: key },
      body: { amount },
    }),
  );
}

/** The organization's refunds of one status, oldest first; those under way are asked for again. */
export const refundsQuery = (status: RefundStatus) =>
  infiniteQueryOptions({
    queryKey: ["refunds", status],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/organizer/refunds", {
          params: { query: { status, limit: 50, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
    ...(status !== "DONE" && { refetchInterval: REFUND_POLL_MS }),
  });

export function retryRefund({ paymentId, refundId }: Refund): Promise<Refund> {
  return ask(
    api.POST("/v1/organizer/payments/{paymentId}/refunds/{refundId}/retry", {
      params: { path: { paymentId, refundId } },
    }),
  );
}
