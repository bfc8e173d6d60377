import type { Schema } from "@/lib/api";

type Show = Pick<Schema["ShowDetailView"], "status" | "startsAt" | "salesOpenAt" | "salesCloseAt">;

/** Whether places of a show are sold now, and if not, why. */
export type Sales =
  | { state: "open" }
  | { state: "upcoming"; opensAt: string }
  | { state: "closed" }
  | { state: "over" }
  | { state: "cancelled" };

/** @param now milliseconds on the server's clock */
export function salesOf(show: Show, now: number): Sales {
  if (show.status === "CANCELLED") return { state: "cancelled" };
  if (Date.parse(show.startsAt) <= now) return { state: "over" };
  if (show.status !== "PUBLISHED") return { state: "closed" };
  if (show.salesCloseAt && Date.parse(show.salesCloseAt) <= now) return { state: "closed" };
  if (show.salesOpenAt && Date.parse(show.salesOpenAt) > now) return { state: "upcoming", opensAt: show.salesOpenAt };
  return { state: "open" };
}
