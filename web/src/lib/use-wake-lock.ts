import { useEffect } from "react";

/** Keeps the screen awake while `wanted`. Where the browser cannot or will not, it just goes dark as ever. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const ask = async () => {
      try {
        const given = await navigator.wakeLock.request("screen");
        if (over) await given.release();
        else lock = given;
      } catch {
        // A low battery, or a tab that is not shown.
      }
    };
    // The browser takes it away while the tab is hidden.
    const again = () => {
      if (document.visibilityState === "visible") void ask();
    };
    void ask();
    document.addEventListener("visibilitychange", again);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, [wanted]);
}
