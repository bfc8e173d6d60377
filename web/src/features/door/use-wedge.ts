import { useEffect, useRef } from "react";
import { Wedge } from "./wedge";

/** Hears a scanner that acts as a keyboard, while no field has the focus. */
export function useWedge(onCode: (code: string) => void): void {
  const heard = useRef(onCode);
  heard.current = onCode;
  useEffect(() => {
    const wedge = new Wedge();
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      const { mine, code } = wedge.press(event.key, event.timeStamp);
      // A space or an Enter of a burst must not press the button that happens to have the focus.
      if (mine) event.preventDefault();
      if (code) heard.current(code);
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, select");
}
