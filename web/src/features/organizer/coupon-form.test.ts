import { describe, expect, it } from "vitest";
import { type CouponForm, couponBody, couponFieldOf, couponSchema, emptyCoupon } from "./coupon-form";

function wrongs(given: Partial<CouponForm>): string[] {
  const read = couponSchema.safeParse({ ...emptyCoupon(), code: "WELCOME", ...given });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the form of a coupon", () => {
  it("says of every field what is wrong with it", () => {
    expect(wrongs({})).toEqual([]);
    for (const code of ["ABC", "A".repeat(25), "10%OFF"]) expect(wrongs({ code })).toEqual(["code: code"]);
    for (const value of ["", "0", "100.01", "x"]) expect(wrongs({ value })).toEqual(["value: rate"]);
    expect(wrongs({ benefit: "amount", value: "0" })).toEqual(["value: amount"]);
    expect(wrongs({ validFrom: "2026-11-02T10:00", validUntil: "2026-11-02T10:00" })).toEqual(["validUntil: order"]);
    expect(wrongs({ minimum: "ten" })).toEqual(["minimum: amount"]);
    expect(wrongs({ usesMax: "1000001", usesPerUserMax: "0" })).toEqual([
      "usesMax: uses",
      "usesPerUserMax: usesPerUser",
    ]);
  });

  it("is sent in hundredths of a percent or in minor units, and without what limits nothing", () => {
    expect(couponBody({ ...emptyCoupon(), code: " welcome ", value: "12.5" }, undefined, "UTC")).toEqual({
      code: "WELCOME",
      rate: 1250,
    });
    const full: CouponForm = {
      ...emptyCoupon(),
      code: "MINUS50",
      benefit: "amount",
      value: "50.50",
      minimum: "500",
      validUntil: "2026-11-28T19:30",
      usesMax: "10",
    };
    expect(couponBody(full, "evt_1", "Asia/Kolkata")).toEqual({
      code: "MINUS50",
      eventId: "evt_1",
      amount: { amount: 5050, currency: "INR" },
      minimum: { amount: 50_000, currency: "INR" },
      validUntil: "2026-11-28T14:00:00Z",
      usesMax: 10,
    });
    expect(couponFieldOf("/rate")).toBe("value");
    expect(couponFieldOf("/eventId")).toBeUndefined();
  });
});
