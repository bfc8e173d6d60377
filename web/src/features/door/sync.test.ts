import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "@/lib/api";
import { Problem } from "@/lib/problem";
import * as server from "./api/door";
import type { ListedTicket } from "./model";
import {
  acknowledge,
  admitOffline,
  emptyStore,
  listAsOf,
  listedTicket,
  openFindings,
  pendingScans,
  rememberedKeys,
  type Scan,
} from "./store";
import { refreshDoor, syncScans } from "./sync";

vi.mock("./api/door");

const SHOW = "show_a";

const scan = (number: number, more: Partial<Scan> = {}): Scan => ({
  nonce: `nonce-${number}`,
  code: `code-${number}`,
  showId: SHOW,
  ticketId: `tick_${number}`,
  seat: `STALLS-A-${number}`,
  scannedAt: "2026-11-28T14:00:00Z",
  ...more,
});

/** A server that lets in the first of each code, and knows nonces again. */
function doorServer() {
  const admitted = new Map<string, string>();
  const batches: string[][] = [];
  const answer = ({ code, nonce }: Schema["OfflineCheckIn"]): Schema["OfflineCheckInView"] => {
    const first = admitted.get(code) ?? nonce;
    admitted.set(code, first);
    if (first === nonce) return { nonce, outcome: "ADMITTED" };
    return { nonce, outcome: "ALREADY_ADMITTED", admittedAt: "2026-11-28T13:59:00Z", gate: "North" };
  };
  const take = async (items: Schema["OfflineCheckIn"][]) => {
    batches.push(items.map(({ nonce }) => nonce));
    return items.map(answer);
  };
  return { admitted, batches, take };
}

beforeEach(() => {
  vi.resetAllMocks();
  return emptyStore();
});

describe("scans that were made without a network", () => {
  it("are sent in order, fifty at a time, and then forgotten", async () => {
    const { batches, take } = doorServer();
    vi.mocked(server.checkInBatch).mockImplementation(take);
    for (let number = 1; number <= 120; number += 1) await admitOffline(scan(number));
    await admitOffline(scan(500, { showId: "show_b" }));
    await syncScans(SHOW);
    expect(batches.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(batches.flat()).toEqual(Array.from({ length: 120 }, (_, index) => `nonce-${index + 1}`));
    expect(await pendingScans(SHOW)).toBe(0);
    expect(await pendingScans("show_b")).toBe(1);
  });

  it("are asked again under the same nonces if the answer was lost, and nobody is counted twice", async () => {
    const { batches, take } = doorServer();
    vi.mocked(server.checkInBatch).mockImplementationOnce(async (items) => {
      await take(items);
      throw new Problem("unreachable");
    });
    await admitOffline(scan(1));
    await admitOffline(scan(2));
    await expect(syncScans(SHOW)).rejects.toThrow();
    expect(await pendingScans(SHOW)).toBe(2);
    vi.mocked(server.checkInBatch).mockImplementation(take);
    await syncScans(SHOW);
    expect(batches).toEqual([
      ["nonce-1", "nonce-2"],
      ["nonce-1", "nonce-2"],
    ]);
    expect(await pendingScans(SHOW)).toBe(0);
    expect(await openFindings(SHOW)).toEqual([]);
  });

  it("leave what the server found, until somebody has seen it", async () => {
    const { admitted, take } = doorServer();
    admitted.set("code-2", "another device");
    vi.mocked(server.checkInBatch).mockImplementation(take);
    for (const number of [1, 2, 3]) await admitOffline(scan(number, { gate: "South" }));
    await syncScans(SHOW);
    expect(await openFindings(SHOW)).toEqual([
      {
        nonce: "nonce-2",
        showId: SHOW,
        ticketId: "tick_2",
        seat: "STALLS-A-2",
        outcome: "ALREADY_ADMITTED",
        scannedAt: "2026-11-28T14:00:00Z",
        gate: "South",
        admittedAt: "2026-11-28T13:59:00Z",
        firstGate: "North",
      },
    ]);
    await acknowledge("nonce-2");
    expect(await openFindings(SHOW)).toEqual([]);
  });

  it("let a ticket in once, however many tabs scan it at the same time", async () => {
    const admissions = await Promise.all([1, 2, 3].map((tab) => admitOffline(scan(1, { nonce: `tab-${tab}` }))));
    expect(admissions.filter((before) => before === undefined)).toHaveLength(1);
    expect(await pendingScans(SHOW)).toBe(1);
  });
});

describe("a door list", () => {
  const revoked: ListedTicket = { ticketId: "tick_1", seat: "STALLS-A-1", status: "REVOKED" };

  it("counts once it was read to its end, and is continued from there", async () => {
    vi.mocked(server.publishedKeys).mockResolvedValue([{ number: 1, publicKey: "AAAA" }]);
    vi.mocked(server.readDoorList).mockImplementationOnce(async (_show, _since, take) => {
      await take([revoked]);
      throw new Problem("unreachable");
    });
    await expect(refreshDoor(SHOW)).rejects.toThrow();
    expect(await listAsOf(SHOW)).toBeUndefined();
    // What was read is known all the same: it can only refuse.
    expect(await listedTicket(SHOW, "tick_1")).toEqual(revoked);

    vi.mocked(server.readDoorList).mockResolvedValueOnce("2026-11-28T14:00:00Z");
    await refreshDoor(SHOW);
    expect(await listAsOf(SHOW)).toBe("2026-11-28T14:00:00Z");
    expect(await rememberedKeys()).toEqual([{ number: 1, publicKey: "AAAA" }]);
    vi.mocked(server.readDoorList).mockResolvedValueOnce("2026-11-28T14:00:15Z");
    await refreshDoor(SHOW);
    expect(vi.mocked(server.readDoorList).mock.calls.map(([, since]) => since)).toEqual([
      undefined,
      undefined,
      "2026-11-28T14:00:00Z",
    ]);
  });
});
