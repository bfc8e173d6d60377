/** Colours of price levels, the dearest first, light and dark. They differ in lightness too, and every state has a shape besides. */
const LEVELS: readonly (readonly [string, string])[] = [
  ["#b0480f", "#ff9f5a"],
  ["#1c5596", "#7db7ff"],
  ["#0a6b42", "#5fd6a0"],
  ["#7038a8", "#c79bff"],
  ["#0b6b7d", "#5fd0e6"],
  ["#806000", "#e8c04a"],
  ["#a02c7a", "#ff8fd0"],
  ["#4b5563", "#b8c0cc"],
];

/** A price level's colour, for `style`. */
export function levelColour(level: number): string {
  const [light, dark] = LEVELS[level % LEVELS.length] ?? ["#4b5563", "#b8c0cc"];
  return `light-dark(${light}, ${dark})`;
}

/** The page's colours as a canvas understands them. */
export interface Palette {
  paper: string;
  surface: string;
  ink: string;
  muted: string;
  line: string;
  velvet: string;
  onVelvet: string;
  marigold: string;
  onMarigold: string;
  levels: string[];
}

/** Reads the colours that hold at an element now. */
export function paletteAt(element: HTMLElement, levels: number): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const resolved = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: resolved("var(--paper)"),
    surface: resolved("var(--surface)"),
    ink: resolved("var(--ink)"),
    muted: resolved("var(--muted)"),
    line: resolved("var(--edge)"),
    velvet: resolved("var(--velvet)"),
    onVelvet: resolved("var(--on-velvet)"),
    marigold: resolved("var(--marigold)"),
    onMarigold: resolved("var(--on-marigold)"),
    levels: Array.from({ length: levels }, (_, level) => resolved(levelColour(level))),
  };
  probe.remove();
  return palette;
}
