import { clockOffsetMs } from "@/lib/clock";
import { currentSession } from "@/lib/session";
import { checkInBatch, publishedKeys, readDoorList, sectionsOf } from "./api/door";
import {
  doorList,
  type Finding,
  markList,
  oldestScans,
  putTickets,
  rememberClock,
  rememberKeys,
  type Scan,
  settleScans,
} from "./store";

/** As many as the server takes at once. */
export const BATCH_SCANS_MAX = 50;

/** Loads what the device must know before it goes offline: the keys, and the door list or what changed in it. */
export async function refreshDoor(owner: string, showId: string): Promise<void> {
  await rememberKeys(await publishedKeys());
  const before = await doorList(owner, showId);
  const asOf = await readDoorList(showId, before?.asOf, (tickets) => putTickets(owner, showId, tickets));
  // Without their names sections go by their codes: no reason to have no list.
  const sections = before?.sections.length ? before.sections : await sectionsOf(showId).catch(() => []);
  await markList(owner, showId, { asOf, sections });
  await rememberClock(clockOffsetMs());
}

/**
 * Tells the server whom this person let in with this device, at whichever show, oldest first, until it knows all. Scans keep their
 * nonces until their answer is written down, so whatever is lost on the way is only asked again. One tab at a time.
 */
export async function syncScans(owner: string): Promise<void> {
  await exclusively(`frontrow-door-${owner}`, async () => {
    for (;;) {
      const scans = await oldestScans(owner, BATCH_SCANS_MAX);
      if (scans.length === 0) return;
      // Somebody else's word would be taken for a stranger's, and the scan be lost.
      if (currentSession().userId !== owner) return;
      const answers = await checkInBatch(
        scans.map(({ code, nonce, scannedAt, gate, showId }) => ({
          code,
          nonce,
          scannedAt,
          showId,
          ...(gate && { gate }),
        })),
      );
      if (answers.length !== scans.length) throw new Error("a batch is answered scan by scan");
      await settleScans(
        scans,
        scans.flatMap((scan, index) => found(scan, answers[index])),
      );
    }
  });
}

/** What the server found out about a scan that this device let in. */
function found(scan: Scan, answer: Awaited<ReturnType<typeof checkInBatch>>[number] | undefined): Finding[] {
  if (!answer || answer.outcome === "ADMITTED") return [];
  const { nonce, owner, showId, ticketId, seat, scannedAt, gate } = scan;
  return [
    {
      nonce,
      owner,
      showId,
      ticketId,
      seat,
      scannedAt,
      outcome: answer.outcome,
      ...(gate && { gate }),
      ...(answer.admittedAt && { admittedAt: answer.admittedAt }),
      ...(answer.gate && { firstGate: answer.gate }),
    },
  ];
}

async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, work);
  else await work();
}
