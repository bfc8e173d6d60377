import { useMemo } from "react";
import { classes } from "@/lib/classes";
import { qrPicture } from "../qr";

/** A ticket's code as scanners want it: black on white, whatever the theme, with its quiet zone. */
export function QrCode({ code, label, className }: { code: string; label: string; className?: string }) {
  const { path, side } = useMemo(() => qrPicture(code), [code]);
  return (
    <svg
      role="img"
      aria-label={label}
      data-testid="qr"
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className={classes("aspect-square bg-white", className)}
    >
      <path d={path} className="fill-black" />
    </svg>
  );
}
