import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** After a change of page the focus goes to its title, so that screen readers and the keyboard begin there. */
export function useRouteFocus(): void {
  const { pathname } = useLocation();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of path is what this waits for
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const heading = document.querySelector<HTMLElement>("main h1") ?? document.querySelector<HTMLElement>("main");
    heading?.focus({ preventScroll: true });
  }, [pathname]);
}
