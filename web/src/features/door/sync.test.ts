import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "@/lib/api";
import { Problem } from "@/lib/problem";
import * as session from "@/lib/session";
import * as server from "./api/door";
import type { ListedTicket } from "./model";
import {
  acknowledge,
  admitOffline,
  allShows,
  doorList,
  emptyStore,
  forgetDoors,
  listedTicket,
  openFindings,
  ownAdmission,
  pendingScans,
  rememberAdmitted,
  rememberedKeys,
  rememberShows,
  type Scan,
} from "./store";
import { refreshDoor, syncScans } from "./sync";

vi.mock("./api/door");
vi.mock("@/lib/session");

const ANNA = "anna";
const SHOW = "show_a";

const scan = (number: number, more: Partial<Scan> = {}): Scan => ({
  owner: ANNA,
  nonce: `nonce-${number}`,
  code: `code-${number}`,
  showId: SHOW,
  ticketId: `tick_${number}`,
  seat: `STALLS-A-${number}`,
  scannedAt: "2026-11-28T14:00:00Z",
  ...more,
});

function signIn(userId: string): void {
  vi.mocked(session.currentSession).mockReturnValue({ state: "signed-in", userId, roles: ["STAFF"] });
}

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
  localStorage.clear();
  signIn(ANNA);
  return emptyStore();
});

describe("scans that were made without a network", () => {
  it("are sent in order, fifty at a time, and then forgotten", async () => {
    const { batches, take } = doorServer();
    vi.mocked(server.checkInBatch).mockImplementation(take);
    for (let number = 1; number <= 120; number += 1)
      await admitOffline(scan(number, { showId: number % 2 ? SHOW : "show_b" }));
    expect(await pendingScans(ANNA, "show_b")).toBe(60);
    await syncScans(ANNA);
    expect(batches.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(batches.flat()).toEqual(Array.from({ length: 120 }, (_, index) => `nonce-${index + 1}`));
    expect(await pendingScans(ANNA)).toBe(0);
  });

  it("are nobody's to send but their owner's, and wait for them", async () => {
    const { batches, take } = doorServer();
    vi.mocked(server.checkInBatch).mockImplementation(take);
    await admitOffline(scan(1));
    signIn("ben");
    await syncScans("ben");
    await syncScans(ANNA);
    expect(batches).toEqual([]);
    await forgetDoors();
    expect(await pendingScans("ben")).toBe(0);
    signIn(ANNA);
    await syncScans(ANNA);
    expect(batches).toEqual([["nonce-1"]]);
    expect(await pendingScans(ANNA)).toBe(0);
  });

  it("are asked again under the same nonces if the answer was lost, and nobody is counted twice", async () => {
    const { batches, take } = doorServer();
    vi.mocked(server.checkInBatch).mockImplementationOnce(async (items) => {
      await take(items);
      throw new Problem("unreachable");
    });
    await admitOffline(scan(1));
    await admitOffline(scan(2));
    await expect(syncScans(ANNA)).rejects.toThrow();
    expect(await pendingScans(ANNA)).toBe(2);
    vi.mocked(server.checkInBatch).mockImplementation(take);
    await syncScans(ANNA);
    expect(batches).toEqual([
      ["nonce-1", "nonce-2"],
      ["nonce-1", "nonce-2"],
    ]);
    expect(await pendingScans(ANNA)).toBe(0);
    expect(await openFindings(ANNA)).toEqual([]);
  });

  it("leave what the server found, until somebody has seen it", async () => {
    const { admitted, take } = doorServer();
    admitted.set("code-2", "another device");
    vi.mocked(server.checkInBatch).mockImplementation(take);
    for (const number of [1, 2, 3]) await admitOffline(scan(number, { gate: "South" }));
    await syncScans(ANNA);
    expect(await openFindings(ANNA)).toEqual([
      {
        nonce: "nonce-2",
        owner: ANNA,
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
    expect(await openFindings(ANNA)).toEqual([]);
  });

  it("let a ticket in once, however many tabs scan it at the same time", async () => {
    const admissions = await Promise.all([1, 2, 3].map((tab) => admitOffline(scan(1, { nonce: `tab-${tab}` }))));
    expect(admissions.filter((before) => before === undefined)).toHaveLength(1);
    expect(await pendingScans(ANNA)).toBe(1);
  });
});

describe("a door list", () => {
  const STALLS = { section: "STALLS", name: "Stalls" };
  const revoked: ListedTicket = { ticketId: "tick_1", seat: "STALLS-A-1", status: "REVOKED" };

  it("counts once it was read to its end, and is continued from there", async () => {
    vi.mocked(server.publishedKeys).mockResolvedValue([{ number: 1, publicKey: "AAAA" }]);
    vi.mocked(server.sectionsOf).mockResolvedValue([STALLS]);
    vi.mocked(server.readDoorList).mockImplementationOnce(async (_show, _since, take) => {
      await take([revoked]);
      throw new Problem("unreachable");
    });
    await expect(refreshDoor(ANNA, SHOW)).rejects.toThrow();
    expect(await doorList(ANNA, SHOW)).toBeUndefined();
    // What was read is known all the same: it can only refuse.
    expect(await listedTicket(ANNA, SHOW, "tick_1")).toEqual(revoked);

    vi.mocked(server.readDoorList).mockResolvedValueOnce("2026-11-28T14:00:00Z");
    await refreshDoor(ANNA, SHOW);
    expect(await doorList(ANNA, SHOW)).toEqual({ asOf: "2026-11-28T14:00:00Z", sections: [STALLS] });
    expect(await rememberedKeys()).toEqual([{ number: 1, publicKey: "AAAA" }]);
    vi.mocked(server.readDoorList).mockResolvedValueOnce("2026-11-28T14:00:15Z");
    await refreshDoor(ANNA, SHOW);
    expect(vi.mocked(server.readDoorList).mock.calls.map(([, since]) => since)).toEqual([
      undefined,
      undefined,
      "2026-11-28T14:00:00Z",
    ]);
  });

  it("is known without the sections' names, and asks for them again", async () => {
    vi.mocked(server.publishedKeys).mockResolvedValue([]);
    vi.mocked(server.readDoorList).mockResolvedValue("2026-11-28T14:00:00Z");
    vi.mocked(server.sectionsOf).mockRejectedValueOnce(new Problem("unreachable")).mockResolvedValue([STALLS]);
    await refreshDoor(ANNA, SHOW);
    expect((await doorList(ANNA, SHOW))?.sections).toEqual([]);
    await refreshDoor(ANNA, SHOW);
    expect((await doorList(ANNA, SHOW))?.sections).toEqual([STALLS]);
  });

  it("is not another person's, and goes with the sign-out; what this device did stays", async () => {
    vi.mocked(server.publishedKeys).mockResolvedValue([]);
    vi.mocked(server.sectionsOf).mockResolvedValue([]);
    vi.mocked(server.readDoorList).mockImplementation(async (_show, _since, take) => {
      await take([revoked]);
      return "2026-11-28T14:00:00Z";
    });
    const show = { showId: SHOW, title: "Hamlet" } as Schema["DoorShowView"];
    await rememberShows(ANNA, [show]);
    await refreshDoor(ANNA, SHOW);
    const scannedAt = new Date().toISOString();
    await admitOffline(scan(7, { scannedAt }));
    await rememberAdmitted("tick_old", { admittedAt: "2020-01-01T20:00:00Z" });
    expect(await allShows("ben")).toEqual([]);
    expect(await doorList("ben", SHOW)).toBeUndefined();
    expect(await listedTicket("ben", SHOW, "tick_1")).toBeUndefined();

    await forgetDoors();
    expect(await allShows(ANNA)).toEqual([]);
    expect(await doorList(ANNA, SHOW)).toBeUndefined();
    expect(await pendingScans(ANNA)).toBe(1);
    expect(await ownAdmission("tick_7")).toEqual({ admittedAt: scannedAt });
    expect(await ownAdmission("tick_old")).toBeUndefined();
  });
});
