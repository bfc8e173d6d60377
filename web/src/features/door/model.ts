import type { Schema } from "@/lib/api";
import type { Reading } from "./code";

/** Clocks differ: a code opens the door so long before its hours, and so long after them. As the server has it. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** The door's answer: the server's words, and two more that only a device needs. */
export type Outcome = Schema["Outcome"] | "FROZEN" | "UNDECIDED";

export interface Verdict {
  outcome: Outcome;
  /** Who says so. What a device admits is told to the server later. */
  by: "server" | "device";
  seat?: string;
  ticketId?: string;
  /** When somebody came in with it, and at which gate. */
  admittedAt?: string;
  gate?: string;
  /** What exactly is wrong with it. */
  why?: "show" | "hours" | "no-verifier" | "unknown-key" | "no-list";
}

/** What the door list says of a ticket; a ticket that is not in it is as its code says. */
export type ListedTicket = Schema["DoorTicketView"];

/** Somebody whom this device let in. */
export interface Admission {
  admittedAt: string;
  gate?: string;
}

/** What a device knows without asking. */
export interface Known {
  showId: string;
  /** On the server's clock. */
  now: number;
  /** Whether the show's door list was ever read to its end. */
  hasList: boolean;
  listed?: ListedTicket | undefined;
  own?: Admission | undefined;
}

/** What a device may say by itself. It says yes only if nothing that it can know speaks against it. */
export function judgeOffline(reading: Reading, known: Known): Verdict {
  const by = "device" as const;
  if (reading.kind === "unknown") return { outcome: "UNKNOWN", by };
  if (reading.kind === "unverifiable") return { outcome: "UNDECIDED", by, why: reading.why };
  const { ticketId, seat, showId, validFrom, validUntil } = reading.ticket;
  const verdict = { by, ticketId, seat };
  if (showId !== known.showId) return { ...verdict, outcome: "WRONG_SHOW", why: "show" };
  if (known.now < validFrom - CLOCK_SLACK_MS || known.now > validUntil + CLOCK_SLACK_MS)
    return { ...verdict, outcome: "WRONG_SHOW", why: "hours" };
  const { listed, own } = known;
  if (listed?.status === "REVOKED") return { ...verdict, outcome: "REVOKED" };
  if (listed?.status === "FROZEN") return { ...verdict, outcome: "FROZEN" };
  if (own) return { ...verdict, outcome: "ALREADY_ADMITTED", ...own };
  if (listed?.status === "ADMITTED") return { ...verdict, outcome: "ALREADY_ADMITTED", ...whenAndWhere(listed) };
  if (!known.hasList) return { ...verdict, outcome: "UNDECIDED", why: "no-list" };
  return { ...verdict, outcome: "ADMITTED" };
}

/** The server's answer. What the code says besides helps to explain it. */
export function judgedOnline(
  answer: Schema["CheckInView"],
  reading: Reading,
  known: Pick<Known, "showId" | "listed">,
): Verdict {
  const ticket = reading.kind === "genuine" ? reading.ticket : undefined;
  const seat = answer.ticket?.seat ?? ticket?.seat;
  const ticketId = answer.ticket?.ticketId ?? ticket?.ticketId;
  const isFrozen = answer.outcome === "REVOKED" && known.listed?.status === "FROZEN";
  return {
    outcome: isFrozen ? "FROZEN" : answer.outcome,
    by: "server",
    ...(seat && { seat }),
    ...(ticketId && { ticketId }),
    ...whenAndWhere(answer),
    ...(answer.outcome === "WRONG_SHOW" && { why: ticket?.showId === known.showId ? "hours" : "show" }),
  };
}

function whenAndWhere({ admittedAt, gate }: { admittedAt?: string | null; gate?: string | null }) {
  return { ...(admittedAt && { admittedAt }), ...(gate && { gate }) };
}

/** A code that is still held in front of the camera is one scan, however many frames show it. */
export class Debounce {
  private readonly seenAt = new Map<string, number>();
  private readonly quietMs: number;

  constructor(quietMs: number) {
    this.quietMs = quietMs;
  }

  /** Whether this is a new scan. Every sight of a code begins its pause anew. */
  accepts(code: string, at: number): boolean {
    const before = this.seenAt.get(code);
    for (const [old, seen] of this.seenAt) if (at - seen > this.quietMs) this.seenAt.delete(old);
    this.seenAt.set(code, at);
    return before === undefined || at - before > this.quietMs;
  }
}
