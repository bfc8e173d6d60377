import { describe, expect, it } from "vitest";
import { Problem } from "@/lib/problem";
import en from "@/locales/en/checkout.json";
import { COUPON_REASONS, couponRefusal } from "./coupon";

const refused = (members: Record<string, unknown>) => new Problem("coupon-refused", { status: 422, members });

describe("a coupon that is refused", () => {
  it("has words of its own for every reason", () => {
    expect(Object.keys(en.coupon.refused).sort()).toEqual([...COUPON_REASONS].sort());
    expect(new Set(Object.values(en.coupon.refused)).size).toBe(COUPON_REASONS.length);
  });

  it("says what the reason speaks of", () => {
    const minimum = { amount: 100_000, currency: "INR" };
    expect(couponRefusal(refused({ reason: "BELOW_MINIMUM", minimum }))?.values.minimum).toBe("₹1,000");
    expect(couponRefusal(refused({ reason: "EXPIRED", validUntil: "2026-11-20T10:00:00Z" }))?.values.until).toMatch(
      /20/,
    );
  });

  it("is unknown if the reason is", () => {
    expect(couponRefusal(refused({ reason: "MOON_PHASE" }))?.reason).toBe("UNKNOWN");
  });

  it("is nothing that another problem tells of", () => {
    expect(couponRefusal(new Problem("unreachable"))).toBeUndefined();
  });
});
