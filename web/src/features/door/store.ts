import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import type { PublishedKey } from "./code";
import { KEPT } from "./kept-mark";
import type { Admission, ListedTicket } from "./model";

/** Whom this device let in without asking; the server is told later. */
export interface Scan {
  /** In which order. */
  number?: number;
  /** Who scanned: nobody else may send it. */
  owner: string;
  nonce: string;
  code: string;
  showId: string;
  ticketId: string;
  seat: string;
  gate?: string;
  scannedAt: string;
}

/** Somebody whom this device let in, and the server would not have: somebody else was first, or the ticket was worth nothing. */
export interface Finding {
  nonce: string;
  owner: string;
  showId: string;
  ticketId: string;
  seat: string;
  outcome: Schema["Outcome"];
  scannedAt: string;
  gate?: string;
  /** When and where the first one came in. */
  admittedAt?: string;
  firstGate?: string;
}

/** A show's door list, and what goes with it. */
export interface DoorList {
  /** As of when it was read to its end. */
  asOf: string;
  /** What people call the sections. */
  sections: NamedSection[];
}

export interface NamedSection {
  section: string;
  name: string;
}

/** What belongs to a person is under their name; what a device knows and did, whoever worked with it, is not. */
interface Tables extends DBSchema {
  /** The published keys, and the clock's error. */
  settings: { key: string; value: unknown };
  /** Whom this device let in, by ticket: nobody comes in again because the staff changed. */
  admitted: { key: string; value: Admission };
  shows: { key: [owner: string, showId: string]; value: Schema["DoorShowView"] };
  lists: { key: [owner: string, showId: string]; value: DoorList };
  tickets: { key: [owner: string, showId: string, ticketId: string]; value: ListedTicket };
  /** What the server does not know yet. */
  scans: { key: number; value: Scan; indexes: { owner: string; show: [string, string] } };
  findings: { key: string; value: Finding; indexes: { owner: string } };
}

/** No code opens a door for longer than this. */
const ADMISSION_KEPT_MS = 30 * 24 * 3_600_000;

const PLAIN = ["settings", "admitted", "shows", "lists", "tickets"] as const;
const TABLES = [...PLAIN, "scans", "findings"] as const;

let opened: Promise<IDBPDatabase<Tables>> | undefined;

/** The device's memory of the door. It outlives reloads and crashes; what it answers was written down. */
function database(): Promise<IDBPDatabase<Tables>> {
  opened ??= openDB<Tables>("frontrow.door", 1, {
    upgrade(db) {
      for (const name of PLAIN) db.createObjectStore(name);
      const scans = db.createObjectStore("scans", { keyPath: "number", autoIncrement: true });
      scans.createIndex("owner", "owner");
      scans.createIndex("show", ["owner", "showId"]);
      db.createObjectStore("findings", { keyPath: "nonce" }).createIndex("owner", "owner");
    },
    // Another tab wants a newer shape, or the browser closed it: the next use opens it again.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated: () => {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

const everythingOf = (owner: string) => IDBKeyRange.bound([owner], [owner, []]);

export async function rememberShows(owner: string, shows: Schema["DoorShowView"][]): Promise<void> {
  // The mark first: whatever happens then, a sign-out finds what to take off.
  localStorage.setItem(KEPT, "1");
  const tx = (await database()).transaction("shows", "readwrite");
  await Promise.all([...shows.map((show) => tx.store.put(show, [owner, show.showId])), tx.done]);
}

export async function allShows(owner: string): Promise<Schema["DoorShowView"][]> {
  return (await database()).getAll("shows", everythingOf(owner));
}

export async function rememberKeys(keys: PublishedKey[]): Promise<void> {
  await (await database()).put("settings", keys, "keys");
}

export async function rememberedKeys(): Promise<PublishedKey[]> {
  return ((await (await database()).get("settings", "keys")) as PublishedKey[] | undefined) ?? [];
}

/** How far the device's clock was off when that was last known: offline after a reload nobody else can tell. */
export async function rememberClock(offsetMs: number): Promise<void> {
  await (await database()).put("settings", offsetMs, "clock");
}

export async function rememberedClock(): Promise<number | undefined> {
  return (await (await database()).get("settings", "clock")) as number | undefined;
}

export async function putTickets(owner: string, showId: string, tickets: ListedTicket[]): Promise<void> {
  localStorage.setItem(KEPT, "1");
  const tx = (await database()).transaction("tickets", "readwrite");
  await Promise.all([...tickets.map((ticket) => tx.store.put(ticket, [owner, showId, ticket.ticketId])), tx.done]);
}

export async function listedTicket(owner: string, showId: string, ticketId: string): Promise<ListedTicket | undefined> {
  return (await database()).get("tickets", [owner, showId, ticketId]);
}

/** The list of a show is complete. */
export async function markList(owner: string, showId: string, list: DoorList): Promise<void> {
  await (await database()).put("lists", list, [owner, showId]);
}

export async function doorList(owner: string, showId: string): Promise<DoorList | undefined> {
  return (await database()).get("lists", [owner, showId]);
}

export async function ownAdmission(ticketId: string): Promise<Admission | undefined> {
  return (await database()).get("admitted", ticketId);
}

/** The server let somebody in through this device. */
export async function rememberAdmitted(ticketId: string, admission: Admission): Promise<void> {
  await (await database()).put("admitted", admission, ticketId);
}

/**
 * Lets somebody in without asking: once per ticket, whatever other tabs do meanwhile, and durably before anybody is told. Returns who
 * came in with it before, if somebody did.
 */
export async function admitOffline(scan: Scan): Promise<Admission | undefined> {
  const tx = (await database()).transaction(["admitted", "scans"], "readwrite", { durability: "strict" });
  const before = await tx.objectStore("admitted").get(scan.ticketId);
  if (!before) {
    const { scannedAt: admittedAt, gate, ticketId } = scan;
    await tx.objectStore("admitted").put({ admittedAt, ...(gate && { gate }) }, ticketId);
    await tx.objectStore("scans").add(scan);
  }
  await tx.done;
  return before;
}

/** The oldest scans of somebody's that the server does not know, whatever show they are of. */
export async function oldestScans(owner: string, most: number): Promise<Scan[]> {
  return (await database()).getAllFromIndex("scans", "owner", owner, most);
}

/** How many of somebody's scans wait to be sent: of one show, or of all. */
export async function pendingScans(owner: string, showId?: string): Promise<number> {
  const db = await database();
  return showId === undefined
    ? db.countFromIndex("scans", "owner", owner)
    : db.countFromIndex("scans", "show", [owner, showId]);
}

/** The server knows these now. What it found goes with them, in one step: a crash loses neither. */
export async function settleScans(scans: Scan[], findings: Finding[]): Promise<void> {
  const tx = (await database()).transaction(["scans", "findings"], "readwrite", { durability: "strict" });
  for (const { number } of scans) if (number !== undefined) await tx.objectStore("scans").delete(number);
  for (const finding of findings) await tx.objectStore("findings").put(finding);
  await tx.done;
}

/** What this person must still look at. */
export async function openFindings(owner: string): Promise<Finding[]> {
  return (await database()).getAllFromIndex("findings", "owner", owner);
}

export async function acknowledge(nonce: string): Promise<void> {
  await (await database()).delete("findings", nonce);
}

/**
 * Takes off this device what can be had again: whose door anybody works is nobody else's business. What was not sent stays for its
 * owner, and what this device did stays with it.
 */
export async function forgetDoors(): Promise<void> {
  const db = await database();
  await Promise.all((["shows", "lists", "tickets"] as const).map((table) => db.clear(table)));
  await forgetOldAdmissions();
  localStorage.removeItem(KEPT);
}

async function forgetOldAdmissions(): Promise<void> {
  const tx = (await database()).transaction("admitted", "readwrite");
  for await (const entry of tx.store) {
    if (serverNow() - Date.parse(entry.value.admittedAt) > ADMISSION_KEPT_MS) await entry.delete();
  }
  await tx.done;
}

/** Forgets everything; for tests. */
export async function emptyStore(): Promise<void> {
  const db = await database();
  await Promise.all(TABLES.map((table) => db.clear(table)));
}
