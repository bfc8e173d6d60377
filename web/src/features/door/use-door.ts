import { useCallback, useEffect, useRef, useState } from "react";
import { clockOffsetMs, learnServerTime } from "@/lib/clock";
import { useOnline } from "@/lib/online";
import { asProblem, type Problem } from "@/lib/problem";
import {
  acknowledge,
  doorList,
  type Finding,
  type NamedSection,
  openFindings,
  pendingScans,
  rememberedClock,
} from "./store";
import { refreshDoor, syncScans } from "./sync";

/** How often changes of the door list are asked for, and how often a lost server is looked for. */
const REFRESH_MS = 15_000;
const RECONNECT_MS = 4_000;
/** A remembered clock counts for less than any answer. */
const REMEMBERED_CLOCK_MS = 60_000;

export interface DoorState {
  /** Whether the server answers. */
  online: boolean;
  /** As of when the door list is known; undefined if it was never read. */
  asOf: string | undefined;
  /** What people call the sections, as far as the list knows. */
  sections: readonly NamedSection[];
  /** Scans that the server does not know yet, of any show. */
  pending: number;
  findings: Finding[];
  /** Why this door cannot be worked at all. */
  problem: Problem | undefined;
  setReached(reached: boolean): void;
  /** Reads the device's memory again, and tells the server what is new in it. */
  changed(): void;
  seen(nonce: string): void;
}

const NO_SECTIONS: readonly NamedSection[] = [];

/** Keeps a show's door up to date for who works it: its list, and what this device has to tell. */
export function useDoor(owner: string, showId: string): DoorState {
  const hasNetwork = useOnline();
  const [reached, setReached] = useState(true);
  const [known, setKnown] = useState<Pick<DoorState, "asOf" | "sections" | "pending" | "findings">>({
    asOf: undefined,
    sections: NO_SECTIONS,
    pending: 0,
    findings: [],
  });
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef<Promise<void>>(undefined);
  const online = hasNetwork && reached;

  const look = useCallback(async () => {
    const [list, pending, findings] = await Promise.all([
      doorList(owner, showId),
      pendingScans(owner),
      openFindings(owner),
    ]);
    setKnown({ asOf: list?.asOf, sections: list?.sections ?? NO_SECTIONS, pending, findings });
  }, [owner, showId]);

  const update = useCallback(() => {
    underWay.current ??= talk()
      .finally(look)
      .finally(() => {
        underWay.current = undefined;
      });
    return underWay.current;

    async function talk() {
      try {
        // What this device has to tell comes first: a list that cannot be had must not keep it back.
        await syncScans(owner);
        await refreshDoor(owner, showId);
        setReached(true);
        setProblem(undefined);
      } catch (error) {
        const caught = asProblem(error);
        if (caught.kind === "forbidden" || caught.kind === "not-found") setProblem(caught);
        setReached(false);
      }
    }
  }, [owner, showId, look]);

  useEffect(() => {
    void recallClock().then(look);
    if (hasNetwork) void update();
    const timer = setInterval(() => navigator.onLine && void update(), reached ? REFRESH_MS : RECONNECT_MS);
    return () => clearInterval(timer);
  }, [hasNetwork, reached, update, look]);

  return {
    ...known,
    online,
    problem,
    setReached,
    changed: useCallback(() => void look(), [look]),
    seen: useCallback((nonce: string) => void acknowledge(nonce).then(look), [look]),
  };
}

/** After a reload without a network nobody tells the time: the device's own error is remembered. */
async function recallClock(): Promise<void> {
  const offset = await rememberedClock();
  if (offset === undefined || clockOffsetMs() !== 0) return;
  const now = Date.now();
  const from = new Date(now + offset - REMEMBERED_CLOCK_MS / 2).toISOString();
  learnServerTime(from, now, now, REMEMBERED_CLOCK_MS);
}
