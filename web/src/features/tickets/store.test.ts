import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/lib/api";
import { KEPT } from "./kept-mark";
import { dropAllTickets, dropTicket, keepTicket, keptTicket, keptTickets, replaceTickets } from "./store";

const kept = (userId: string, ticketId: string) => ({
  userId,
  ticketId,
  ticket: { ticketId } as Schema["TicketView"],
  savedAt: 1,
});
const ids = async (userId: string) => (await keptTickets(userId)).map(({ ticketId }) => ticketId);

describe("tickets on this device", () => {
  beforeEach(dropAllTickets);

  it("are each person's own", async () => {
    await replaceTickets("usr_1", [kept("usr_1", "tick_a")]);
    await replaceTickets("usr_10", [kept("usr_10", "tick_b")]);
    expect(await ids("usr_1")).toEqual(["tick_a"]);
    expect(await ids("usr_10")).toEqual(["tick_b"]);
    expect(await keptTicket("usr_1", "tick_b")).toBeUndefined();
  });

  it("go when the server names them no more, and nobody else's with them", async () => {
    await keepTicket(kept("usr_2", "tick_c"));
    await replaceTickets("usr_1", [kept("usr_1", "tick_a"), kept("usr_1", "tick_b")]);
    await replaceTickets("usr_1", [kept("usr_1", "tick_b")]);
    expect(await ids("usr_1")).toEqual(["tick_b"]);
    expect(await ids("usr_2")).toEqual(["tick_c"]);
    await dropTicket("usr_1", "tick_b");
    expect(await ids("usr_1")).toEqual([]);
  });

  it("are all gone after a sign-out", async () => {
    await keepTicket(kept("usr_1", "tick_a"));
    expect(localStorage.getItem(KEPT)).toBe("1");
    await dropAllTickets();
    expect(await ids("usr_1")).toEqual([]);
    expect(localStorage.getItem(KEPT)).toBeNull();
  });
});
