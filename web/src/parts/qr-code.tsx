import qrcode from "qrcode-generator";
import { useMemo } from "react";
import { classes } from "@/lib/classes";

/** Light modules that cameras need around a code. */
const QUIET_MODULES = 4;

/** A QR code: dark on white in dark mode too, because many scanners read no other. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, size } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${size + 2 * QUIET_MODULES} ${size + 2 * QUIET_MODULES}`}
      shapeRendering="crispEdges"
      className={classes("rounded-xl bg-white", className)}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawn(text: string): { path: string; size: number } {
  const code = qrcode(0, "M");
  // Codes of tickets are made for the alphanumeric mode, which takes half the modules.
  code.addData(text, /^[0-9A-Z $%*+./:-]+$/.test(text) ? "Alphanumeric" : "Byte");
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return { path, size };
}
