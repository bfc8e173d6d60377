import { clockOffsetMs } from "@/lib/clock";
import { checkInBatch, publishedKeys, readDoorList } from "./api/door";
import {
  type Finding,
  listAsOf,
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
export async function refreshDoor(showId: string): Promise<void> {
  await rememberKeys(await publishedKeys());
  const since = await listAsOf(showId);
  const asOf = await readDoorList(showId, since, (tickets) => putTickets(showId, tickets));
  await markList(showId, asOf);
  await rememberClock(clockOffsetMs());
}

/**
 * Tells the server whom this device let in, oldest first, until it knows all. Scans keep their nonces until their answer is written
 * down, so whatever is lost on the way is only asked again. One tab at a time.
 */
export async function syncScans(showId: string): Promise<void> {
  await exclusively(`frontrow-door-${showId}`, async () => {
    for (;;) {
      const scans = await oldestScans(showId, BATCH_SCANS_MAX);
      if (scans.length === 0) return;
      const answers = await checkInBatch(
        scans.map(({ code, nonce, scannedAt, gate }) => ({ code, nonce, scannedAt, showId, ...(gate && { gate }) })),
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
  const { nonce, showId, ticketId, seat, scannedAt, gate } = scan;
  return [
    {
      nonce,
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
