import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Schema } from "@/lib/api";
import { KEPT } from "./kept-mark";

/** A ticket as it is kept on this device, with what is needed to show it without a network. */
export interface KeptTicket {
  userId: string;
  ticketId: string;
  ticket: Schema["TicketView"];
  /** What people call the section. */
  sectionName?: string;
  /** When the server said so, in milliseconds. */
  savedAt: number;
}

interface Shelf extends DBSchema {
  tickets: { key: [string, string]; value: KeptTicket };
}

const NAME = "frontrow.tickets";

let shelf: Promise<IDBPDatabase<Shelf>> | undefined;

function open(): Promise<IDBPDatabase<Shelf>> {
  shelf ??= openDB<Shelf>(NAME, 1, {
    upgrade: (database) => {
      database.createObjectStore("tickets", { keyPath: ["userId", "ticketId"] });
    },
    // Another tab wants a newer shape, or the browser closed it: the next use opens it again.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      shelf = undefined;
    },
    terminated: () => {
      shelf = undefined;
    },
  });
  shelf.catch(() => {
    shelf = undefined;
  });
  return shelf;
}

const everythingOf = (userId: string) => IDBKeyRange.bound([userId], [userId, []]);

/** The user's tickets on this device. */
export async function keptTickets(userId: string): Promise<KeptTicket[]> {
  return (await open()).getAll("tickets", everythingOf(userId));
}

export async function keptTicket(userId: string, ticketId: string): Promise<KeptTicket | undefined> {
  return (await open()).get("tickets", [userId, ticketId]);
}

/** These are all of the user's tickets now: others are taken off. */
export async function replaceTickets(userId: string, tickets: readonly KeptTicket[]): Promise<void> {
  // The mark first: whatever happens then, a sign-out finds what to take off.
  localStorage.setItem(KEPT, "1");
  const write = (await open()).transaction("tickets", "readwrite");
  const known = new Set(tickets.map(({ ticketId }) => ticketId));
  const before = await write.store.getAllKeys(everythingOf(userId));
  const gone = before.filter(([, ticketId]) => !known.has(ticketId));
  await Promise.all([
    ...gone.map((key) => write.store.delete(key)),
    ...tickets.map((one) => write.store.put(one)),
    write.done,
  ]);
}

export async function keepTicket(ticket: KeptTicket): Promise<void> {
  localStorage.setItem(KEPT, "1");
  await (await open()).put("tickets", ticket);
}

export async function dropTicket(userId: string, ticketId: string): Promise<void> {
  await (await open()).delete("tickets", [userId, ticketId]);
}

/** Takes everything off this device, whoever's it is. */
export async function dropAllTickets(): Promise<void> {
  await (await open()).clear("tickets");
  localStorage.removeItem(KEPT);
}
