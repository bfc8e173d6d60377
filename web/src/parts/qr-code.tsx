import { useMemo } from "react";
import { classes } from "@/lib/classes";
import { qrPicture } from "./qr";

/** A QR code with its quiet zone: black on white in dark mode too, because many scanners read no other. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, side } = useMemo(() => qrPicture(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      data-testid="qr"
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className={classes("rounded-xl bg-white", className)}
    >
      <path d={path} className="fill-black" />
    </svg>
  );
}
