import { describe, expect, it } from "vitest";
import type { Booking } from "@/api/bookings";
import type { Hold } from "@/api/holds";
import { byShow, isUpcoming, moneyOf, pollMs, storyOf } from "./model";

const inr = (amount: number) => ({ amount, currency: "INR" });

function booking(change: Partial<Booking> = {}): Booking {
  return {
    bookingId: "book_1",
    bookingNumber: "FR-1",
    showId: "show_1",
    eventId: "evt_1",
    status: "PENDING",
    seats: [],
    quote: { subtotal: inr(100), discount: inr(0), fee: inr(0), tax: inr(18), total: inr(118) },
    createdAt: "2026-11-21T10:00:00Z",
    expiresAt: "2026-11-21T10:10:00Z",
    tickets: [],
    ...change,
  } as Booking;
}
const paidBy = (status: NonNullable<Booking["payment"]>["status"]) =>
  ({ provider: "stripe", paymentId: "pay_1", status }) as NonNullable<Booking["payment"]>;
const paid = { heldUntil: "2026-11-21T10:10:00Z" };
const held = { bookingId: "book_1" } as Hold;

describe("what the owner of a booking is told", () => {
  it("is not to pay again, once this device has paid", () => {
    expect(storyOf(booking(), paid, held)).toBe("confirming");
    expect(storyOf(booking(), paid, null)).toBe("confirming");
    expect(storyOf(booking(), undefined, held)).toBe("unpaid");
    expect(storyOf(booking(), undefined, null)).toBe("overdue");
    expect(storyOf(booking(), undefined, { bookingId: "book_2" } as Hold)).toBe("overdue");
  });

  it("is that it came late only if the places were held no more", () => {
    const confirmed = booking({ status: "CONFIRMED", confirmedAt: "2026-11-21T10:11:00Z" });
    expect(storyOf(confirmed, undefined, null)).toBe("confirmed-late");
    expect(storyOf(confirmed, { heldUntil: "2026-11-21T10:15:00Z" }, null)).toBe("confirmed");
    expect(storyOf({ ...confirmed, confirmedAt: "2026-11-21T10:09:00Z" }, undefined, null)).toBe("confirmed");
  });

  it("tells a lost booking from one that was called off", () => {
    const cancelled = booking({ status: "CANCELLED", cancelReason: "PLACES_LOST" });
    expect(storyOf(cancelled, paid, null)).toBe("lost");
    expect(storyOf({ ...cancelled, cancelReason: "OWNER" }, paid, null)).toBe("cancelled");
    expect(storyOf(booking({ status: "REFUNDED", confirmedAt: "2026-11-21T10:09:00Z" }), paid, null)).toBe("cancelled");
  });
});

describe("the buyer's money", () => {
  it("was never taken for a booking that came to nothing before it was captured", () => {
    for (const status of ["CREATED", "DECLINED", "VOIDED", "SUPERSEDED"] as const) {
      expect(moneyOf(booking({ status: "CANCELLED", payment: paidBy(status) })), status).toBe("not-charged");
      expect(moneyOf(booking({ status: "EXPIRED", payment: paidBy(status) })), status).toBe("not-charged");
    }
    expect(moneyOf(booking({ status: "CANCELLED", payment: paidBy("AUTHORIZED") }))).toBe("releasing");
  });

  it("goes back if it was taken all the same", () => {
    expect(moneyOf(booking({ status: "CANCELLED", payment: paidBy("CAPTURED") }))).toBe("returning");
    expect(moneyOf(booking({ status: "CANCELLED", payment: paidBy("REFUNDED") }))).toBe("returned");
  });

  it("goes back by the terms if the booking was called off", () => {
    const off = { status: "CANCELLED", confirmedAt: "2026-11-21T10:09:00Z", payment: paidBy("CAPTURED") } as const;
    const refund = (status: "REQUESTED" | "DONE" | "FAILED") => ({ amount: inr(59), status });
    expect(moneyOf(booking({ ...off, refund: refund("REQUESTED") }))).toBe("returning");
    expect(moneyOf(booking({ ...off, refund: refund("DONE") }))).toBe("returned");
    expect(moneyOf(booking({ ...off, refund: refund("FAILED") }))).toBe("return-failed");
    expect(moneyOf(booking(off))).toBe("kept");
  });

  it("is looked after as long as it moves", () => {
    expect(pollMs(booking(), paid)).toBeLessThan(pollMs(booking(), undefined) || 0);
    expect(pollMs(booking({ status: "CONFIRMED", payment: paidBy("CAPTURED") }), undefined)).toBe(false);
    expect(pollMs(booking({ status: "CANCELLED", payment: paidBy("CAPTURED") }), undefined)).toBeGreaterThan(0);
    expect(pollMs(booking({ status: "REFUNDED", payment: paidBy("REFUNDED") }), undefined)).toBe(false);
  });
});

describe("tickets", () => {
  it("are shown by show, the next one first, seats in order", () => {
    const ticket = (showId: string, startsAt: string, seat: string) => ({ showId, startsAt, seat });
    const groups = byShow([
      ticket("late", "2026-12-02T10:00:00Z", "STALLS-A-1"),
      ticket("soon", "2026-12-01T10:00:00Z", "STALLS-A-10"),
      ticket("soon", "2026-12-01T10:00:00Z", "STALLS-A-9"),
    ]);
    expect(groups.map((group) => group.map(({ seat }) => seat))).toEqual([
      ["STALLS-A-9", "STALLS-A-10"],
      ["STALLS-A-1"],
    ]);
  });

  it("are of use until the evening is over", () => {
    const now = Date.parse("2026-12-01T20:00:00Z");
    expect(isUpcoming("2026-12-01T18:00:00Z", now)).toBe(true);
    expect(isUpcoming("2026-12-01T07:00:00Z", now)).toBe(false);
  });
});
