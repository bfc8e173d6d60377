import { type KeyboardEvent, useRef, useState } from "react";

/** One tab stop for a list in which the arrow keys move: which one it is, and the way to the next. */
export function useRoving(count: number, move: (from: number, key: string) => number | undefined) {
  const [asked, setCurrent] = useState(0);
  const current = Math.min(asked, count - 1);
  const elements = useRef(new Map<number, HTMLElement>());

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = move(current, event.key);
    if (next === undefined || next < 0 || next >= count) return;
    event.preventDefault();
    setCurrent(next);
    elements.current.get(next)?.focus();
  }

  return {
    current,
    onKeyDown,
    /** For each element of the list. */
    item: (index: number) => ({
      tabIndex: index === current ? 0 : -1,
      onFocus: () => setCurrent(index),
      ref: (element: HTMLElement | null) => {
        if (element) elements.current.set(index, element);
        else elements.current.delete(index);
      },
    }),
  };
}
