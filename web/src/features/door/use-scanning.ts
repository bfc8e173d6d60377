import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "@/lib/problem";
import { checkIn } from "./check-in";
import { Debounce, type Verdict } from "./model";
import { signal, signalOf } from "./signals";
import type { DoorState } from "./use-door";

/** A code must be gone for so long before it is a new scan. */
const QUIET_MS = 2_500;
/** How long a verdict is shown; a yes needs less reading. */
const SHOWN_YES_MS = 1_500;
const SHOWN_NO_MS = 2_500;
const HISTORY_MAX = 5;

/** A verdict that is or was on the screen. */
export interface Shown extends Verdict {
  number: number;
  /** The moment of the picture or the key, on the clock that measures. */
  from: number;
}

export interface Scanning {
  shown: Shown | undefined;
  history: Shown[];
  admitted: number;
  refused: number;
  problem: Problem | undefined;
  /** The camera sees a code; it sees it many times. */
  saw(code: string, at: number): void;
  /** Somebody typed or scanned a code on purpose. */
  entered(code: string): void;
  next(): void;
  /** Keeps the verdict on the screen until `next`, or until it is let go. */
  hold(): void;
  letGo(): void;
}

/** From a code to a verdict on the screen, one person after the other. */
export function useScanning(owner: string, showId: string, gate: string, door: DoorState): Scanning {
  const [shown, setShown] = useState<Shown>();
  const [verdicts, setVerdicts] = useState<Shown[]>([]);
  const [counts, setCounts] = useState({ admitted: 0, refused: 0 });
  const [problem, setProblem] = useState<Problem>();
  const debounce = useRef(new Debounce(QUIET_MS));
  const judging = useRef<string>(undefined);
  const turn = useRef(Promise.resolve());
  const goingOn = useRef<ReturnType<typeof setTimeout>>(undefined);
  const count = useRef(0);
  const current = useRef({ owner, showId, gate, door });
  current.current = { owner, showId, gate, door };

  const judge = useCallback(async (code: string, from: number) => {
    const { owner, showId, gate, door } = current.current;
    judging.current = code;
    setProblem(undefined);
    try {
      const at = { owner, showId, online: door.online, onReached: door.setReached, ...(gate && { gate }) };
      const verdict = { ...(await checkIn(code, at)), number: ++count.current, from };
      const isYes = verdict.outcome === "ADMITTED";
      signal(signalOf(verdict.outcome));
      setShown(verdict);
      setVerdicts((before) => [verdict, ...before].slice(0, HISTORY_MAX));
      setCounts(({ admitted, refused }) =>
        isYes ? { admitted: admitted + 1, refused } : { admitted, refused: refused + 1 },
      );
      door.changed();
    } catch (error) {
      judging.current = undefined;
      setProblem(asProblem(error));
    }
  }, []);

  const entered = useCallback(
    (code: string) => {
      const from = performance.now();
      turn.current = turn.current.then(() => judge(code, from));
    },
    [judge],
  );

  const saw = useCallback(
    (code: string, at: number) => {
      // While one person is judged, the next one's code waits in front of the camera; the same code is still the same scan.
      if (judging.current !== undefined && judging.current !== code) return;
      if (!debounce.current.accepts(code, at) || judging.current === code) return;
      judging.current = code;
      turn.current = turn.current.then(() => judge(code, at));
    },
    [judge],
  );

  const next = useCallback(() => {
    judging.current = undefined;
    setShown(undefined);
  }, []);

  const hold = useCallback(() => clearTimeout(goingOn.current), []);

  const letGo = useCallback(() => {
    clearTimeout(goingOn.current);
    if (shown) goingOn.current = setTimeout(next, shown.outcome === "ADMITTED" ? SHOWN_YES_MS : SHOWN_NO_MS);
  }, [shown, next]);

  useEffect(() => {
    if (!shown) return;
    performance.measure("door-verdict", { start: shown.from, detail: { outcome: shown.outcome, by: shown.by } });
    letGo();
    return hold;
  }, [shown, letGo, hold]);

  return { shown, history: verdicts, ...counts, problem, saw, entered, next, hold, letGo };
}
