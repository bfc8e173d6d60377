import { describe, expect, it } from "vitest";
import { allIn, amountText, money, parseAmount } from "./money";

const rupees = (amount: number) => ({ amount, currency: "INR" });

describe("money", () => {
  it("is written as people write it", () => {
    expect(money(rupees(123_456_700))).toBe("₹12,34,567");
    expect(money(rupees(1_050))).toBe("₹10.50");
    expect(money({ amount: 1500, currency: "JPY" })).toContain("1,500");
  });

  it("is read from what people type, in minor units", () => {
    expect(parseAmount("1,200", "INR")).toBe(120_000);
    expect(parseAmount("99.5", "INR")).toBe(9_950);
    expect(parseAmount("1500", "JPY")).toBe(1500);
    for (const wrong of ["", "-1", "1.005", "12e3", "abc", "1.5.2", "9999999999"])
      expect(parseAmount(wrong, "INR"), wrong).toBeUndefined();
    expect(parseAmount("1.5", "JPY")).toBeUndefined();
  });

  it("goes into a form as it comes out", () => {
    for (const amount of [0, 5, 100, 12_345]) expect(parseAmount(amountText(rupees(amount)), "INR")).toBe(amount);
  });

  it("counts fee and tax as the server does: half up, each once", () => {
    expect(allIn(rupees(50_000), { feeRate: 0, taxRate: 1800 })).toEqual(rupees(59_000));
    expect(allIn(rupees(333), { feeRate: 250, taxRate: 1800 })).toEqual(rupees(333 + 8 + 61));
  });
});
