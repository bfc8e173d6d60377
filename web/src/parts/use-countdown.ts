import { useEffect, useState } from "react";
import { serverNow } from "@/lib/clock";

/** Milliseconds until a moment on the server's clock, anew every second; 0 once it is past. */
export function useCountdown(until: string | undefined): number {
  const [left, setLeft] = useState(() => leftUntil(until));
  useEffect(() => {
    setLeft(leftUntil(until));
    if (!until) return;
    const timer = setInterval(() => setLeft(leftUntil(until)), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

function leftUntil(until: string | undefined): number {
  return until ? Math.max(0, Math.ceil((Date.parse(until) - serverNow()) / 1000) * 1000) : 0;
}
