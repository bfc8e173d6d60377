import { describe, expect, it } from "vitest";
import { refundOf, refundRate, refundStages } from "./refund";

const inr = (amount: number) => ({ amount, currency: "INR" });
const quote = (subtotal: number, discount: number, fee: number, tax: number) => ({
  subtotal: inr(subtotal),
  discount: inr(discount),
  fee: inr(fee),
  tax: inr(tax),
  total: inr(subtotal - discount + fee + tax),
});
const startsAt = "2026-12-03T12:00:00Z";
const terms = {
  steps: [
    { untilHours: 48, rate: 10_000 },
    { untilHours: 24, rate: 5_000 },
  ],
  feeBack: false,
};

describe("refunds", () => {
  it("fall as the show comes closer, to the second that the server decides by", () => {
    const at = (text: string) => refundRate(terms, startsAt, Date.parse(text));
    expect(at("2026-12-01T11:59:59Z")).toBe(10_000);
    expect(at("2026-12-01T12:00:00Z")).toBe(5_000);
    expect(at("2026-12-02T11:59:59Z")).toBe(5_000);
    expect(at("2026-12-02T12:00:00Z")).toBeUndefined();
  });

  it("of half without the fee are half of the price and its tax", () => {
    expect(refundOf(quote(100_000, 0, 5_000, 18_900), 5_000, false)).toEqual(inr(59_000));
  });

  it("of everything are exactly everything", () => {
    const paid = quote(99_999, 10_000, 4_501, 17_010);
    expect(refundOf(paid, 10_000, true)).toEqual(paid.total);
  });

  it("round each part half up", () => {
    expect(refundOf(quote(333, 0, 0, 0), 5_000, true)).toEqual(inr(167));
  });

  it("never give back what went back before", () => {
    const paid = quote(100_000, 0, 5_000, 18_900);
    expect(refundOf(paid, 10_000, true, 23_900)).toEqual(inr(100_000));
  });

  it("are told by date", () => {
    expect(refundStages(terms, startsAt, Date.parse("2026-12-01T13:00:00Z"))).toEqual([
      { until: "2026-12-01T12:00:00.000Z", percent: 100, over: true },
      { until: "2026-12-02T12:00:00.000Z", percent: 50, over: false },
    ]);
  });
});
