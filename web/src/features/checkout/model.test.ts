import { describe, expect, it } from "vitest";
import { intentions, memoryOf, next, remember, remembered, type Step } from "./model";
import type { PendingBooking } from "./providers/provider";
import { intentOf, outcomeOf } from "./providers/stripe";

const booking = { bookingId: "book_1", payment: { paymentId: "pay_1", provider: "stripe" } } as PendingBooking;

describe("the steps of a checkout", () => {
  const pay: Step = { name: "pay", booking };

  it("lead from the panel to the booking, to a refusal or to another provider", () => {
    expect(next({ name: "review" }, { type: "begun", booking })).toEqual(pay);
    expect(next(pay, { type: "paid" })).toEqual({ name: "confirming" });
    expect(next(pay, { type: "declined", reason: "no funds" })).toEqual({
      name: "declined",
      booking,
      reason: "no funds",
    });
    expect(next(pay, { type: "unavailable" })).toEqual({ name: "unavailable", provider: "stripe", booking });
    expect(next(pay, { type: "back" })).toEqual({ name: "review" });
  });

  it("never go back once the buyer has paid", () => {
    const confirming: Step = { name: "confirming" };
    for (const type of ["back", "declined", "unavailable", "paid"] as const) {
      expect(next(confirming, { type }), type).toBe(confirming);
    }
  });

  it("are not moved by a panel that is gone", () => {
    const review: Step = { name: "review" };
    expect(next(review, { type: "declined" })).toBe(review);
    expect(next(review, { type: "paid" })).toBe(review);
  });
});

describe("intentions", () => {
  it("keep their key until they are decided", () => {
    let count = 0;
    const keys = intentions(() => `key ${++count}`);
    expect(keys.keyOf("a")).toBe("key 1");
    expect(keys.keyOf("b")).toBe("key 2");
    expect(keys.keyOf("a")).toBe("key 1");
    keys.decided("a");
    expect(keys.keyOf("a")).toBe("key 3");
  });
});

describe("what a tab remembers", () => {
  it("forgets the booking of an earlier hold", () => {
    remember("show_1", { seats: ["STALLS-A-1"], bookingId: "book_1", couponCode: "WELCOME10" });
    const hold = { seats: [{ seat: "STALLS-A-2" }] } as Parameters<typeof memoryOf>[0];
    remember("show_1", memoryOf(hold));
    expect(remembered("show_1")).toEqual({ seats: ["STALLS-A-2"], couponCode: "WELCOME10" });
  });
});

describe("Stripe's answer", () => {
  it("is a refusal only where the card was refused", () => {
    expect(outcomeOf({ error: { type: "card_error", message: "no" } })).toEqual({ kind: "declined", reason: "no" });
    expect(outcomeOf({ error: { type: "validation_error", message: "too short" } }).kind).toBe("incomplete");
    expect(outcomeOf({ paymentIntent: { id: "pi_1", status: "requires_payment_method" } }).kind).toBe("declined");
  });

  it("is a payment when the money is set aside or taken", () => {
    for (const status of ["requires_capture", "succeeded"]) {
      expect(outcomeOf({ paymentIntent: { id: "pi_1", status } })).toEqual({ kind: "paid", intent: "pi_1" });
    }
  });

  it("is left to the server where nobody can know: no second payment is offered before it has asked", () => {
    expect(outcomeOf({})).toEqual({ kind: "unknown" });
    expect(outcomeOf({ error: { type: "api_connection_error" } })).toEqual({ kind: "unknown" });
    expect(outcomeOf({ error: { type: "invalid_request_error" } })).toEqual({ kind: "unknown" });
    expect(outcomeOf({ paymentIntent: { id: "pi_1", status: "requires_action" } })).toEqual({ kind: "unknown" });
    expect(outcomeOf({ paymentIntent: { id: "pi_1", status: "processing" } })).toEqual({ kind: "paid" });
    expect(intentOf("pi_1_secret_2")).toBe("pi_1");
  });
});
