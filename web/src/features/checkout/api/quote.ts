import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";

/** What the hold would cost with a coupon. Promises nothing: its last use may be gone when the booking is made. */
export const quoteQuery = (showId: string, couponCode: string) =>
  queryOptions({
    queryKey: ["quote", showId, couponCode],
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/shows/{showId}/hold/quote", { params: { path: { showId }, query: { couponCode } }, signal })),
    staleTime: 0,
    enabled: couponCode !== "",
  });
