import { canvas, inkOf } from "./glyphs";

export interface LabelStyle {
  /** In device pixels. */
  size: number;
  colour: string;
  bold?: boolean;
  /** Drawn behind the letters, so that they can be read on everything. */
  halo?: string;
}

const LABELS_MAX = 600;
const FONT = '"Instrument Sans Variable", "Anek Devanagari Variable", system-ui, sans-serif';

/** Writing, drawn once and then copied: text is the dearest thing a canvas draws. */
export class Labels {
  readonly #made = new Map<string, HTMLCanvasElement>();

  get(text: string, style: LabelStyle): HTMLCanvasElement {
    const key = `${text}|${style.size}|${style.colour}|${style.bold}|${style.halo}`;
    let label = this.#made.get(key);
    if (!label) {
      if (this.#made.size >= LABELS_MAX) this.#made.clear();
      label = write(text, style);
      this.#made.set(key, label);
    }
    return label;
  }
}

function write(text: string, { size, colour, bold, halo }: LabelStyle): HTMLCanvasElement {
  const font = `${bold ? 700 : 500} ${size}px ${FONT}`;
  const ruler = inkOf(canvas(1, 1));
  ruler.font = font;
  const rim = halo ? size * 0.2 : 0;
  const label = canvas(ruler.measureText(text).width + 2 * rim, size * 1.3 + 2 * rim);
  const ink = inkOf(label);
  ink.font = font;
  ink.textBaseline = "middle";
  ink.lineJoin = "round";
  if (halo) {
    ink.strokeStyle = halo;
    ink.lineWidth = 2 * rim;
    ink.strokeText(text, rim, label.height / 2);
  }
  ink.fillStyle = colour;
  ink.fillText(text, rim, label.height / 2);
  return label;
}
