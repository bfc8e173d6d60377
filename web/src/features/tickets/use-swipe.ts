import { type TouchEvent, useRef } from "react";
import type { Turn } from "./components/turner";

/** A finger must travel so far, and mostly sideways. */
const SWIPE_PX = 56;

/** Turns to the next or the previous one when somebody wipes over it. There are buttons for the same. */
export function useSwipe({ at, count, onTurn }: Turn) {
  const from = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const finger = touches.length === 1 ? touches[0] : undefined;
      from.current = finger && { x: finger.clientX, y: finger.clientY };
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const finger = changedTouches[0];
      if (!from.current || !finger) return;
      const [x, y] = [finger.clientX - from.current.x, finger.clientY - from.current.y];
      from.current = undefined;
      if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y)) return;
      const to = x < 0 ? at + 1 : at - 1;
      if (to >= 0 && to < count) onTurn(to);
    },
  };
}
