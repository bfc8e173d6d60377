import { useEffect } from "react";
import { useBlocker } from "react-router";

/** Asks before a page is left that has something unsaved; the browser asks by itself when the tab is closed. */
export function useLeaveGuard(isUnsaved: () => boolean, unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return useBlocker(
    ({ currentLocation, nextLocation }) => pageOf(currentLocation) !== pageOf(nextLocation) && isUnsaved(),
  );
}

/** The part behind `#` is the same page. */
function pageOf({ pathname, search }: { pathname: string; search: string }): string {
  return pathname + search;
}
