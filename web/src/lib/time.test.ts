import { describe, expect, it } from "vitest";
import { countdown, fromWallClock, toWallClock, zonesDiffer } from "./time";

describe("time", () => {
  it("counts down without ever showing a negative", () => {
    expect(countdown(600_000)).toBe("10:00");
    expect(countdown(59_001)).toBe("1:00");
    expect(countdown(3_909_000)).toBe("1:05:09");
    expect(countdown(-5)).toBe("0:00");
  });

  it("turns a venue's wall clock into a moment and back, across a change of clocks too", () => {
    expect(fromWallClock("2026-11-28T19:30", "Asia/Kolkata")).toBe("2026-11-28T14:00:00Z");
    for (const [wall, zone] of [
      ["2026-03-29T12:00", "Europe/Berlin"],
      ["2026-10-25T12:00", "Europe/Berlin"],
      ["2026-07-01T23:45", "America/New_York"],
    ] as const) {
      expect(toWallClock(fromWallClock(wall, zone), zone)).toBe(wall);
    }
  });

  it("knows when two zones show different clocks", () => {
    expect(zonesDiffer("2026-11-28T14:00:00Z", "Asia/Kolkata", "Asia/Colombo")).toBe(false);
    expect(zonesDiffer("2026-11-28T14:00:00Z", "Asia/Kolkata", "Europe/Berlin")).toBe(true);
  });
});
