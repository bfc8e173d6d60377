import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask, type idempotencyKey, type Schema } from "@/lib/api";

export type VenueCard = Schema["VenueCardView"];
export type Venue = Schema["VenueView"];

/** Venues by city and name, of one city if that is named. */
export const venuesQuery = (city: string) =>
  infiniteQueryOptions({
    queryKey: ["venues", city.toLowerCase()],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/venues", {
          params: { query: { limit: 100, ...(city && { city }), ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

export function createVenue(body: Schema["CreateVenue"], key: ReturnType<typeof idempotencyKey>): Promise<Venue> {
  return ask(api.POST("/v1/venues", { params: { header: key }, body }));
}
