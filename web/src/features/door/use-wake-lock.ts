import { useEffect } from "react";

/** Keeps the screen on while the door is worked, where the device allows it. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let ended = false;
    async function hold() {
      if (document.visibilityState !== "visible") return;
      lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
      if (ended) void lock?.release();
    }
    void hold();
    // It is lost whenever the page is left.
    const again = () => void hold();
    document.addEventListener("visibilitychange", again);
    return () => {
      ended = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, []);
}
