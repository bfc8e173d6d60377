import type { Schema } from "@/lib/api";

type Counts = Pick<Schema["SectionCountsView"], "capacity" | "available" | "held" | "booked">;

/** All sections together. */
export function totalOf(sections: readonly Counts[]): Counts {
  const sum = (member: keyof Counts) => sections.reduce((total, section) => total + section[member], 0);
  return { capacity: sum("capacity"), available: sum("available"), held: sum("held"), booked: sum("booked") };
}

/** What can still be given back of a booking, in minor units. */
export function leftOf(booking: Pick<Schema["BookingView"], "quote" | "refund">): number {
  return booking.quote.total.amount - (booking.refund?.amount.amount ?? 0);
}
