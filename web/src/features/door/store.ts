import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Schema } from "@/lib/api";
import type { PublishedKey } from "./code";
import type { Admission, ListedTicket } from "./model";

/** Whom this device let in without asking; the server is told later. */
export interface Scan {
  /** In which order. */
  number?: number;
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

interface Tables extends DBSchema {
  settings: { key: string; value: unknown };
  shows: { key: string; value: Schema["DoorShowView"] };
  /** When each show's list was read to its end. */
  lists: { key: string; value: string };
  tickets: { key: [string, string]; value: ListedTicket };
  /** Whom this device let in, by ticket. */
  admitted: { key: string; value: Admission };
  /** What the server does not know yet. */
  scans: { key: number; value: Scan; indexes: { show: string } };
  findings: { key: string; value: Finding; indexes: { show: string } };
}

const TABLES = ["settings", "shows", "lists", "tickets", "admitted", "scans", "findings"] as const;

let opened: Promise<IDBPDatabase<Tables>> | undefined;

/** The device's memory of the door. It outlives reloads and crashes; what it answers was written down. */
function database(): Promise<IDBPDatabase<Tables>> {
  opened ??= openDB<Tables>("frontrow-door", 1, {
    upgrade(db) {
      for (const name of ["settings", "shows", "lists", "tickets", "admitted"] as const) db.createObjectStore(name);
      db.createObjectStore("scans", { keyPath: "number", autoIncrement: true }).createIndex("show", "showId");
      db.createObjectStore("findings", { keyPath: "nonce" }).createIndex("show", "showId");
    },
    blocking: () => {
      void opened?.then((db) => db.close());
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

export async function rememberShows(shows: Schema["DoorShowView"][]): Promise<void> {
  const tx = (await database()).transaction("shows", "readwrite");
  await Promise.all([...shows.map((show) => tx.store.put(show, show.showId)), tx.done]);
}

export async function allShows(): Promise<Schema["DoorShowView"][]> {
  return (await database()).getAll("shows");
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

export async function putTickets(showId: string, tickets: ListedTicket[]): Promise<void> {
  const tx = (await database()).transaction("tickets", "readwrite");
  await Promise.all([...tickets.map((ticket) => tx.store.put(ticket, [showId, ticket.ticketId])), tx.done]);
}

export async function listedTicket(showId: string, ticketId: string): Promise<ListedTicket | undefined> {
  return (await database()).get("tickets", [showId, ticketId]);
}

/** The list of a show is complete as of this moment. */
export async function markList(showId: string, asOf: string): Promise<void> {
  await (await database()).put("lists", asOf, showId);
}

export async function listAsOf(showId: string): Promise<string | undefined> {
  return (await database()).get("lists", showId);
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

/** The oldest scans of a show that the server does not know. */
export async function oldestScans(showId: string, most: number): Promise<Scan[]> {
  return (await database()).getAllFromIndex("scans", "show", showId, most);
}

export async function pendingScans(showId: string): Promise<number> {
  return (await database()).countFromIndex("scans", "show", showId);
}

/** The server knows these now. What it found goes with them, in one step: a crash loses neither. */
export async function settleScans(scans: Scan[], findings: Finding[]): Promise<void> {
  const tx = (await database()).transaction(["scans", "findings"], "readwrite", { durability: "strict" });
  for (const { number } of scans) if (number !== undefined) await tx.objectStore("scans").delete(number);
  for (const finding of findings) await tx.objectStore("findings").put(finding);
  await tx.done;
}

/** What staff must still look at. */
export async function openFindings(showId: string): Promise<Finding[]> {
  return (await database()).getAllFromIndex("findings", "show", showId);
}

export async function acknowledge(nonce: string): Promise<void> {
  await (await database()).delete("findings", nonce);
}

/** Forgets everything; for tests. */
export async function emptyStore(): Promise<void> {
  const db = await database();
  await Promise.all(TABLES.map((table) => db.clear(table)));
}
