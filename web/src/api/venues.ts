import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";

/** A venue with its address and what it offers. */
export const venueQuery = (venueId: string) =>
  queryOptions({
    queryKey: ["venue", venueId],
    queryFn: ({ signal }) => ask(api.GET("/v1/venues/{venueId}", { params: { path: { venueId } }, signal })),
    staleTime: 3_600_000,
  });
