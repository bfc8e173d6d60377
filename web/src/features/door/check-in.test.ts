import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "@/lib/problem";
import * as server from "./api/door";
import { checkIn, type Door } from "./check-in";
import * as codes from "./code";
import { emptyStore, markList, oldestScans, pendingScans } from "./store";

vi.mock("./api/door");
vi.mock("./code");

const HOUR_MS = 3_600_000;

const ticket = {
  showId: "show_a",
  ticketId: "tick_1",
  seat: "STALLS-A-1",
  validFrom: Date.now() - HOUR_MS,
  validUntil: Date.now() + HOUR_MS,
};

function door(more: Partial<Door> = {}): Door {
  return { owner: "anna", showId: "show_a", gate: "North", online: true, onReached: vi.fn(), ...more };
}

beforeEach(async () => {
  vi.resetAllMocks();
  await emptyStore();
  await markList("anna", "show_a", { asOf: "2026-11-28T14:00:00Z", sections: [] });
  vi.mocked(codes.importKeys).mockResolvedValue(new Map());
  vi.mocked(codes.readCode).mockResolvedValue({ kind: "genuine", ticket });
});

describe("a scan", () => {
  it("is the server's to judge while it answers", async () => {
    vi.mocked(server.checkInOnline).mockResolvedValue({ outcome: "REVOKED" });
    const at = door();
    expect(await checkIn("FR1A", at)).toMatchObject({ outcome: "REVOKED", by: "server" });
    expect(at.onReached).toHaveBeenCalledWith(true);
    expect(await pendingScans("anna")).toBe(0);
  });

  it("that nobody answers is judged here and sent later, under the nonce of the question", async () => {
    vi.mocked(server.checkInOnline).mockRejectedValue(new Problem("timed-out"));
    const at = door();
    expect(await checkIn("FR1B", at)).toMatchObject({ outcome: "ADMITTED", by: "device" });
    expect(at.onReached).toHaveBeenCalledWith(false);
    const asked = vi.mocked(server.checkInOnline).mock.calls[0]?.[0].nonce;
    expect((await oldestScans("anna", 9)).map(({ nonce }) => nonce)).toEqual([asked]);
  });

  it("of a ticket that this device let in is refused, even before the server was told", async () => {
    await checkIn("FR1C", door({ online: false }));
    vi.mocked(server.checkInOnline).mockResolvedValue({ outcome: "ADMITTED" });
    expect(await checkIn("FR1C", door())).toMatchObject({ outcome: "ALREADY_ADMITTED", gate: "North" });
    expect(server.checkInOnline).not.toHaveBeenCalled();
    expect(await pendingScans("anna")).toBe(1);
  });

  it("of a ticket that somebody else let in with this device is refused, whoever works it now", async () => {
    await checkIn("FR1F", door({ online: false }));
    await markList("ben", "show_a", { asOf: "2026-11-28T14:00:00Z", sections: [] });
    const verdict = await checkIn("FR1F", door({ owner: "ben", online: false }));
    expect(verdict).toMatchObject({ outcome: "ALREADY_ADMITTED", gate: "North" });
    expect(await pendingScans("ben")).toBe(0);
  });

  it("that could not be decided keeps its nonce when it is made again", async () => {
    await emptyStore();
    vi.mocked(server.checkInOnline).mockRejectedValueOnce(new Problem("unreachable"));
    expect(await checkIn("FR1D", door())).toMatchObject({ outcome: "UNDECIDED", why: "no-list" });
    vi.mocked(server.checkInOnline).mockResolvedValueOnce({ outcome: "ADMITTED" });
    expect(await checkIn("FR1D", door())).toMatchObject({ outcome: "ADMITTED", by: "server" });
    const [first, second] = vi.mocked(server.checkInOnline).mock.calls.map(([scan]) => scan.nonce);
    expect(second).toBe(first);
  });

  it("of something else is not even asked about", async () => {
    vi.mocked(codes.readCode).mockResolvedValue({ kind: "unknown" });
    expect(await checkIn("https://example.org", door())).toEqual({ outcome: "UNKNOWN", by: "device" });
    expect(server.checkInOnline).not.toHaveBeenCalled();
  });

  it("by somebody who may not work here is no verdict", async () => {
    vi.mocked(server.checkInOnline).mockRejectedValue(new Problem("forbidden"));
    await expect(checkIn("FR1E", door())).rejects.toThrow();
    expect(await pendingScans("anna")).toBe(0);
  });
});
