import { describe, expect, it } from "vitest";
import type { Reading } from "./code";
import { Debounce, judgedOnline, judgeOffline, type Known, type ListedTicket } from "./model";

const MINUTE = 60_000;
const ticket = {
  showId: "show_a",
  ticketId: "tick_a",
  seat: "STALLS-A-1",
  validFrom: 1_000 * MINUTE,
  validUntil: 2_000 * MINUTE,
};
const genuine: Reading = { kind: "genuine", ticket };
const known: Known = { showId: "show_a", now: 1_500 * MINUTE, hasList: true };
const listed = (status: ListedTicket["status"]): ListedTicket => ({
  ticketId: "tick_a",
  seat: "STALLS-A-1",
  status,
  ...(status === "ADMITTED" && { admittedAt: "2026-11-28T14:00:00Z", gate: "North" }),
});

describe("alone, a device", () => {
  it("lets in whom nothing speaks against", () => {
    expect(judgeOffline(genuine, known)).toEqual({
      outcome: "ADMITTED",
      by: "device",
      ticketId: "tick_a",
      seat: "STALLS-A-1",
    });
    expect(judgeOffline(genuine, { ...known, listed: listed("ISSUED") }).outcome).toBe("ADMITTED");
  });

  it("never says yes to what it cannot verify", () => {
    expect(judgeOffline({ kind: "unknown" }, known).outcome).toBe("UNKNOWN");
    for (const why of ["no-verifier", "unknown-key"] as const)
      expect(judgeOffline({ kind: "unverifiable", why }, known)).toMatchObject({ outcome: "UNDECIDED", why });
  });

  it("says no before it says anything else", () => {
    const own = { admittedAt: "2026-11-28T14:00:00Z", gate: "South" };
    expect(judgeOffline(genuine, { ...known, showId: "show_b" })).toMatchObject({ outcome: "WRONG_SHOW", why: "show" });
    expect(judgeOffline(genuine, { ...known, listed: listed("REVOKED") }).outcome).toBe("REVOKED");
    expect(judgeOffline(genuine, { ...known, listed: listed("FROZEN") }).outcome).toBe("FROZEN");
    expect(judgeOffline(genuine, { ...known, listed: listed("ADMITTED") })).toMatchObject({
      outcome: "ALREADY_ADMITTED",
      gate: "North",
    });
    expect(judgeOffline(genuine, { ...known, own })).toMatchObject({ outcome: "ALREADY_ADMITTED", gate: "South" });
    expect(judgeOffline(genuine, { ...known, own, listed: listed("ISSUED") }).outcome).toBe("ALREADY_ADMITTED");
  });

  it("decides nothing without a door list, but still knows its own", () => {
    expect(judgeOffline(genuine, { ...known, hasList: false })).toMatchObject({ outcome: "UNDECIDED", why: "no-list" });
    const own = { admittedAt: "2026-11-28T14:00:00Z" };
    expect(judgeOffline(genuine, { ...known, hasList: false, own }).outcome).toBe("ALREADY_ADMITTED");
  });

  it("keeps a code's hours, and five minutes around them", () => {
    const at = (minutes: number) => judgeOffline(genuine, { ...known, now: minutes * MINUTE });
    expect([at(995), at(1_000), at(2_000), at(2_005)].map(({ outcome }) => outcome)).toEqual(Array(4).fill("ADMITTED"));
    for (const minutes of [994, 2_006]) expect(at(minutes)).toMatchObject({ outcome: "WRONG_SHOW", why: "hours" });
  });
});

describe("the server's answer", () => {
  it("is taken as it is, with what the code tells besides", () => {
    const answer = { outcome: "ALREADY_ADMITTED", admittedAt: "2026-11-28T14:00:00Z", gate: "North" } as const;
    expect(judgedOnline(answer, genuine, known)).toEqual({
      ...answer,
      by: "server",
      seat: "STALLS-A-1",
      ticketId: "tick_a",
    });
    expect(judgedOnline({ outcome: "WRONG_SHOW" }, genuine, known)).toMatchObject({ why: "hours" });
    expect(judgedOnline({ outcome: "WRONG_SHOW" }, genuine, { showId: "show_b" })).toMatchObject({ why: "show" });
    expect(judgedOnline({ outcome: "REVOKED" }, genuine, { ...known, listed: listed("FROZEN") }).outcome).toBe(
      "FROZEN",
    );
  });
});

describe("a code before the camera", () => {
  it("is one scan as long as it stays there, and another when it comes back", () => {
    const debounce = new Debounce(2_000);
    expect([0, 500, 2_400, 4_300].map((at) => debounce.accepts("A", at))).toEqual([true, false, false, false]);
    expect(debounce.accepts("B", 4_400)).toBe(true);
    expect(debounce.accepts("A", 6_400)).toBe(true);
  });
});
