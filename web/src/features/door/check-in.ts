import { serverNow } from "@/lib/clock";
import { asProblem, Problem } from "@/lib/problem";
import { checkInOnline } from "./api/door";
import { importKeys, type PublishedKey, type Reading, readCode, type TicketKeys } from "./code";
import { judgedOnline, judgeOffline, type Verdict } from "./model";
import { admitOffline, doorList, listedTicket, ownAdmission, rememberAdmitted, rememberedKeys } from "./store";

/** People at a door wait no longer for a network. */
export const ONLINE_ANSWER_MAX_MS = 1_000;

/** Where somebody scans. */
export interface Door {
  /** Who works it. */
  owner: string;
  showId: string;
  gate?: string | undefined;
  /** Whether asking is worth while. */
  online: boolean;
  /** Hears whether the server answered. */
  onReached(reached: boolean): void;
}

/** Questions that nobody answered, by code: asked again they keep their nonce, because the server may have said yes. */
const unanswered = new Map<string, string>();

let imported: { published: PublishedKey[]; keys: TicketKeys } | undefined;

async function keyring(): Promise<{ published: PublishedKey[]; keys: TicketKeys }> {
  const published = await rememberedKeys();
  if (!imported || JSON.stringify(imported.published) !== JSON.stringify(published))
    imported = { published, keys: await importKeys(published) };
  return imported;
}

/** One person at the door: the server's answer if it comes soon, or what the device may say by itself. */
export async function checkIn(text: string, door: Door): Promise<Verdict> {
  const { keys, published } = await keyring();
  const code = text.trim();
  const reading = await readCode(code, keys, published);
  if (reading.kind === "unknown") return { outcome: "UNKNOWN", by: "device" };

  const ticketId = reading.kind === "genuine" ? reading.ticket.ticketId : undefined;
  const [listed, own, list] = await Promise.all([
    ticketId && listedTicket(door.owner, door.showId, ticketId),
    ticketId && ownAdmission(ticketId),
    doorList(door.owner, door.showId),
  ]);
  const known = {
    showId: door.showId,
    now: serverNow(),
    hasList: list !== undefined,
    listed: listed || undefined,
    own: own || undefined,
  };
  const alone = judgeOffline(reading, known);
  // Whom this device let in it does not let in again, even if the server was not told yet.
  if (known.own) return alone;

  const nonce = unanswered.get(code) ?? crypto.randomUUID();
  if (door.online) {
    const answer = await askServer(code, nonce, door);
    if (answer) {
      const verdict = judgedOnline(answer, reading, known);
      if (verdict.outcome === "ADMITTED" && verdict.ticketId)
        await rememberAdmitted(verdict.ticketId, { admittedAt: answer.admittedAt ?? iso(known.now), ...gateOf(door) });
      return verdict;
    }
  }
  return alone.outcome === "ADMITTED" ? admitAlone(alone, reading, { code, nonce, now: known.now }, door) : alone;
}

async function askServer(code: string, nonce: string, door: Door) {
  unanswered.set(code, nonce);
  try {
    const scan = { code, nonce, showId: door.showId, ...gateOf(door) };
    const answer = await soon(checkInOnline(scan, AbortSignal.timeout(ONLINE_ANSWER_MAX_MS)));
    unanswered.delete(code);
    door.onReached(true);
    return answer;
  } catch (error) {
    const problem = asProblem(error);
    // Refused for good: the people at the door cannot help it, those who staff it can.
    if (!problem.passes && problem.kind !== "unauthenticated" && problem.kind !== "too-many-requests") throw problem;
    door.onReached(false);
    return undefined;
  }
}

/** The wait for a fresh token has no signal; people at a door wait for none of it. */
function soon<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Problem("timed-out")), ONLINE_ANSWER_MAX_MS);
  });
  return Promise.race([answer, late]);
}

/** Says yes only once it is written down. */
async function admitAlone(
  verdict: Verdict,
  reading: Reading,
  scan: { code: string; nonce: string; now: number },
  door: Door,
): Promise<Verdict> {
  if (reading.kind !== "genuine") return verdict;
  const { ticketId, seat } = reading.ticket;
  const { code, nonce } = scan;
  const scannedAt = iso(scan.now);
  const { owner, showId } = door;
  const before = await admitOffline({ owner, code, nonce, scannedAt, ticketId, seat, showId, ...gateOf(door) });
  unanswered.delete(code);
  return before ? { ...verdict, outcome: "ALREADY_ADMITTED", ...before } : { ...verdict, admittedAt: scannedAt };
}

function gateOf({ gate }: Door): { gate?: string } {
  return gate ? { gate } : {};
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
