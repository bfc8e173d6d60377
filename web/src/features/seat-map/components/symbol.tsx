import { levelColour } from "../renderer/palette";

export type SymbolKind = "free" | "chosen" | "own" | "held" | "sold" | "blocked";

/** What the map draws for a place, for the legend and the list: each state has a shape of its own. */
export function PlaceSymbol({
  kind,
  level = 0,
  className = "size-5",
}: {
  kind: SymbolKind;
  level?: number;
  className?: string;
}) {
  const colour = levelColour(level);
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={className}
      fill="none"
      strokeLinecap="round"
      strokeWidth="2.2"
    >
      {kind === "free" && <circle cx="12" cy="12" r="9.5" style={{ fill: colour }} />}
      {kind === "held" && (
        <g style={{ stroke: colour }}>
          <circle cx="12" cy="12" r="8.5" />
          <path d="M7.5 16.5l9-9" />
        </g>
      )}
      {kind === "sold" && <path d="M9 9l6 6M15 9l-6 6" className="stroke-edge" />}
      {kind === "blocked" && <path d="M7 12h10" className="stroke-edge" />}
      {(kind === "chosen" || kind === "own") && (
        <g strokeLinejoin="round">
          <rect
            x="1"
            y="1"
            width="22"
            height="22"
            rx="6.5"
            className={kind === "chosen" ? "fill-velvet" : "fill-marigold stroke-on-marigold"}
            strokeWidth="1.4"
          />
          <path
            d="M7 12.5l3.8 4L17.2 8"
            strokeWidth="2.8"
            className={kind === "chosen" ? "stroke-on-velvet" : "stroke-on-marigold"}
          />
        </g>
      )}
    </svg>
  );
}
