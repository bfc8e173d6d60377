import { type RefObject, useEffect, useRef } from "react";
import { useRoom } from "./room";

/**
 * For a panel that takes another's place: says so, and takes the focus if it was on the button that is gone. Who did not press it, because
 * the page has just come or another tab did it, keeps the focus where it is.
 */
export function useArrival(text: string): RefObject<HTMLHeadingElement | null> {
  const { say, hold } = useRoom();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it arrives
  useEffect(() => {
    if (text) say(text);
    if (hold.acted && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
