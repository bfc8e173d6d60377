import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Schema } from "@/lib/api";

export type Booking = Schema["BookingView"];

/** The caller's bookings, newest first. */
export const bookingsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["bookings"],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/v1/bookings", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One of the caller's bookings. */
export const bookingQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["booking", bookingId],
    queryFn: ({ signal }): Promise<Booking> =>
      ask(api.GET("/v1/bookings/{bookingId}", { params: { path: { bookingId } }, signal })),
  });
