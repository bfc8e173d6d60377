import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { seatsQuery } from "@/api/shows";
import { serverNow } from "@/lib/clock";
import { config } from "@/lib/config";
import { type BlockMessage, watchSeats } from "@/lib/realtime";
import { measure } from "../measure";
import type { Seats } from "../model/seats";

/** Without live changes the places are asked about this often, */
const POLL_MS = 4_000;
/** with them this often: holds that ran out are announced late. */
const POLL_LIVE_MS = 45_000;
/** Of the interval, up or down: a crowd that came together does not ask together. */
const JITTER = 0.25;
/** Changes of so long are taken together. */
const GATHER_MS = 80;

/** Keeps `seats` as they are, by live messages or by asking again and again. Nothing is asked while nobody looks. */
export function useLiveSeats(
  showId: string,
  seats: Seats | undefined,
): { live: boolean; error: Error | null; refetch: () => void } {
  const { data, error, refetch } = useQuery({ ...seatsQuery(showId), enabled: seats !== undefined });
  const [live, setLive] = useState(false);

  useEffect(() => {
    if (seats && data) seats.takeSnapshot(data);
  }, [seats, data]);

  useEffect(() => {
    const { live: where } = config();
    if (!seats || !where) return;
    const gather = gatherer((messages) => {
      const start = performance.now();
      seats.takeBlocks(messages, serverNow());
      measure("seat-map.update", start, { messages: messages.length });
    });
    const stop = watchSeats(where, showId, {
      onBlock: gather.add,
      onLive(now) {
        setLive(now);
        // What happened before was missed.
        if (now) void refetch();
      },
    });
    return () => {
      stop();
      gather.end();
    };
  }, [seats, showId, refetch]);

  useEffect(() => {
    if (seats) return every(live ? POLL_LIVE_MS : POLL_MS, refetch);
  }, [seats, live, refetch]);

  return { live, error, refetch };
}

/** Hands messages on in bunches. */
function gatherer(take: (messages: BlockMessage[]) => void): { add(message: BlockMessage): void; end(): void } {
  let waiting: BlockMessage[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(message) {
      waiting.push(message);
      timer ??= setTimeout(() => {
        timer = undefined;
        const messages = waiting;
        waiting = [];
        take(messages);
      }, GATHER_MS);
    },
    end: () => clearTimeout(timer),
  };
}

/** Calls again and again while the page is visible; at once when it becomes so. */
function every(ms: number, call: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let ended = false;
  function later() {
    clearTimeout(timer);
    if (ended || document.hidden) return;
    timer = setTimeout(() => void call().finally(later), ms * (1 - JITTER + Math.random() * 2 * JITTER));
  }
  const seen = () => {
    if (!document.hidden) void call();
    later();
  };
  later();
  document.addEventListener("visibilitychange", seen);
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}
