import { describe, expect, it } from "vitest";
import { nextCursor } from "./api/sales";
import { isPeriod, lastDays, linesOf, revenueOf, salesByDay } from "./ledger";

const HEAD = "at,kind,payment,booking,show,account,amount,currency";
const csv = [
  HEAD,
  "2026-11-01T10:00:00Z,CAPTURED,pay_1,bkg_1,show_1,SANDBOX,118000,INR",
  "2026-11-01T10:00:00Z,CAPTURED,pay_1,bkg_1,show_1,BUYERS,-118000,INR",
  "2026-11-01T10:00:01Z,SOLD,pay_1,bkg_1,show_1,BUYERS,118000,INR",
  "2026-11-01T10:00:01Z,SOLD,pay_1,bkg_1,show_1,SALES,-100000,INR",
  "2026-11-01T10:00:01Z,SOLD,pay_1,bkg_1,show_1,TAX,-18000,INR",
  "2026-11-03T10:00:00Z,RETURNED,pay_1,bkg_1,show_1,SALES,40000,INR",
  "2026-11-03T10:00:00Z,RETURNED,pay_1,bkg_1,show_1,TAX,7200,INR",
  "2026-11-03T10:00:00Z,RETURNED,pay_1,bkg_1,show_1,BUYERS,-47200,INR",
  "2026-11-02T10:00:00Z,SOLD,pay_2,bkg_2,show_other,SALES,-9900,INR",
  "2026-11-02T10:00:00Z,SOLD,pay_3,bkg_3,show_2,SALES,-500,USD",
  "",
].join("\r\n");

describe("the books", () => {
  const lines = linesOf(csv);
  const shows = new Set(["show_1", "show_2"]);

  it("give what these shows sold, less what went back, by currency", () => {
    expect(revenueOf(lines, shows)).toEqual([
      { currency: "INR", sold: 100_000, returned: 40_000, fees: 0, tax: 10_800 },
      { currency: "USD", sold: 500, returned: 0, fees: 0, tax: 0 },
    ]);
    expect(revenueOf(lines, new Set(["show_3"]))).toEqual([]);
  });

  it("give every day of a period its sales, days without included", () => {
    expect(salesByDay(lines, shows, "INR", { from: "2026-11-01", to: "2026-11-03" })).toEqual([
      { day: "2026-11-01", amount: 100_000 },
      { day: "2026-11-02", amount: 0 },
      { day: "2026-11-03", amount: -40_000 },
    ]);
  });

  it("are not guessed at if their columns change", () => {
    expect(() => linesOf("at,amount\r\n")).toThrow();
    expect(linesOf(`${HEAD}\r\n`)).toEqual([]);
  });

  it("come for 1 to 31 days", () => {
    expect(lastDays(30, Date.parse("2026-11-30T23:59:00Z"))).toEqual({ from: "2026-11-01", to: "2026-11-30" });
    expect(isPeriod({ from: "2026-11-01", to: "2026-12-01" })).toBe(true);
    expect(isPeriod({ from: "2026-11-01", to: "2026-12-02" })).toBe(false);
    expect(isPeriod({ from: "2026-11-02", to: "2026-11-01" })).toBe(false);
    expect(isPeriod({ from: "", to: "2026-11-01" })).toBe(false);
  });

  it("say where their next part begins", () => {
    expect(nextCursor('</v1/organizer/ledger.csv?from=a&to=b&cursor=x%2Fy>; rel="next"')).toBe("x/y");
    expect(nextCursor(null)).toBeUndefined();
  });
});
