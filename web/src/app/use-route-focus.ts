import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** A title that has not come by then is not waited for. */
const PATIENCE_MS = 10_000;

/**
 * After a change of page the focus goes to its title, so that screen readers and the keyboard begin there. A title that waits for data is
 * focused when it comes, unless somebody has moved on by then.
 */
export function useRouteFocus(): void {
  const { pathname } = useLocation();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of path is what this waits for
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const main = document.querySelector<HTMLElement>("main");
    if (!main) return;
    let title = focusTitle(main);
    if (!title) main.focus({ preventScroll: true });
    const observer = new MutationObserver(() => {
      const active = document.activeElement;
      // A skeleton's title that is replaced takes the focus with it.
      if (active === main || active === document.body || active === null) title = focusTitle(main);
      else if (active !== title) observer.disconnect();
    });
    observer.observe(main, { childList: true, subtree: true });
    const patience = setTimeout(() => observer.disconnect(), PATIENCE_MS);
    return () => {
      observer.disconnect();
      clearTimeout(patience);
    };
  }, [pathname]);
}

function focusTitle(main: HTMLElement): HTMLElement | null {
  const title = main.querySelector<HTMLElement>("h1[tabindex]");
  title?.focus({ preventScroll: true });
  return title;
}
