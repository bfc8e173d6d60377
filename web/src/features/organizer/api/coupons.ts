import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask, type idempotencyKey, type Schema } from "@/lib/api";

export type Coupon = Schema["CouponView"];

/** The organization's coupons, newest first. */
export const couponsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["coupons"],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/v1/organizer/coupons", {
          params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });

export function createCoupon(body: Schema["CreateCoupon"], key: ReturnType<typeof idempotencyKey>): Promise<Coupon> {
  return ask(api.POST("/v1/organizer/coupons", { params: { header: key }, body }));
}

/** Nobody can use it from now on. */
export function disableCoupon(code: string): Promise<Coupon> {
  return ask(api.POST("/v1/organizer/coupons/{code}/disable", { params: { path: { code } } }));
}
