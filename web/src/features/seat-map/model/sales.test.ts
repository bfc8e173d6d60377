import { describe, expect, it } from "vitest";
import { salesOf } from "./sales";

const show = { status: "PUBLISHED", startsAt: "2026-12-01T18:00:00Z" } as const;
const at = (time: string) => Date.parse(time);

describe("sales", () => {
  it("open when they open, and not a second before", () => {
    const early = { ...show, salesOpenAt: "2026-11-20T10:00:00Z" };
    expect(salesOf(early, at("2026-11-20T09:59:59Z"))).toEqual({ state: "upcoming", opensAt: early.salesOpenAt });
    expect(salesOf(early, at("2026-11-20T10:00:00Z")).state).toBe("open");
  });

  it("close when they close, at the latest when the show begins", () => {
    const short = { ...show, salesCloseAt: "2026-11-30T10:00:00Z" };
    expect(salesOf(short, at("2026-11-30T09:59:59Z")).state).toBe("open");
    expect(salesOf(short, at("2026-11-30T10:00:00Z")).state).toBe("closed");
    expect(salesOf(show, at("2026-12-01T17:59:59Z")).state).toBe("open");
    expect(salesOf(show, at("2026-12-01T18:00:00Z")).state).toBe("over");
  });

  it("never are for a show that was called off or is not published", () => {
    expect(salesOf({ ...show, status: "CANCELLED" }, at("2026-11-20T00:00:00Z")).state).toBe("cancelled");
    expect(salesOf({ ...show, status: "DRAFT" }, at("2026-11-20T00:00:00Z")).state).toBe("closed");
  });
});
