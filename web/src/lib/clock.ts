/**
 * The server's clock, as well as we know it. Countdowns and sales windows go by it: a phone that is an hour wrong must not lose a
 * hold or sell too early.
 */
let offsetMs = 0;
let uncertaintyMs = Number.POSITIVE_INFINITY;
let learnedAt = 0;

/** An old measurement counts for less: a device's clock may have been set since. */
const STALE_AFTER_MS = 10 * 60_000;

/**
 * Learns from one answer.
 *
 * @param serverTime what the server said, RFC 3339 or an HTTP date
 * @param sentAt `Date.now()` before the request
 * @param receivedAt `Date.now()` after it
 * @param resolutionMs how finely `serverTime` is spelled: an HTTP date knows whole seconds
 */
export function learnServerTime(serverTime: string, sentAt: number, receivedAt: number, resolutionMs = 1): void {
  const server = Date.parse(serverTime);
  if (Number.isNaN(server) || receivedAt < sentAt) return;
  const uncertainty = (receivedAt - sentAt) / 2 + resolutionMs / 2;
  const candidate = server + resolutionMs / 2 - (sentAt + receivedAt) / 2;
  const jumped = Math.abs(candidate - offsetMs) > uncertainty + uncertaintyMs;
  if (uncertainty > uncertaintyMs && !jumped && receivedAt - learnedAt < STALE_AFTER_MS) return;
  offsetMs = candidate;
  uncertaintyMs = uncertainty;
  learnedAt = receivedAt;
}

/** Milliseconds since 1970 on the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** How far the device's clock is off, in milliseconds; positive if it is late. */
export function clockOffsetMs(): number {
  return offsetMs;
}

/** Forgets what was learned; for tests. */
export function resetClock(): void {
  offsetMs = 0;
  uncertaintyMs = Number.POSITIVE_INFINITY;
  learnedAt = 0;
}
