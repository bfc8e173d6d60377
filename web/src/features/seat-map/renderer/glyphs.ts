import { BLOCKED, FREE, HELD, type PlaceState, SOLD } from "../model/seats";
import type { Palette } from "./palette";

type Ink = CanvasRenderingContext2D;

/** Smaller than this a place is a square of colour: shapes would be mud. In device pixels. */
const SHAPES_FROM = 6;
/** From here on free places carry their numbers, as far as those are short. */
const NUMBERS_FROM = 32;
const NUMBER_MAX = 999;

/** Draws small canvases; none is drawn twice. */
export class Glyphs {
  readonly #made = new Map<number, HTMLCanvasElement>();

  constructor(readonly palette: Palette) {}

  /** A place of a level in a state, as large as a seat is at this zoom. Its number is part of it: text is dear, copies are cheap. */
  place(size: number, level: number, state: PlaceState, number: number): HTMLCanvasElement {
    const written = size >= NUMBERS_FROM && state === FREE && number <= NUMBER_MAX ? number : 0;
    const key = ((size * 64 + level) * 4 + state) * (NUMBER_MAX + 1) + written;
    let glyph = this.#made.get(key);
    if (!glyph) {
      glyph = canvas(size, size);
      const ink = inkOf(glyph);
      const colour = this.palette.levels[level] ?? this.palette.ink;
      if (size < SHAPES_FROM) drawSquare(ink, size, state, colour, this.palette);
      else drawShape(ink, size, state, colour, this.palette);
      if (written > 0) drawNumber(ink, size, written, this.palette.surface);
      this.#made.set(key, glyph);
    }
    return glyph;
  }
}

function drawSquare(ink: Ink, size: number, state: PlaceState, colour: string, { line }: Palette): void {
  if (state === BLOCKED) return;
  ink.globalAlpha = state === FREE ? 1 : state === HELD ? 0.4 : 0.3;
  ink.fillStyle = state === SOLD ? line : colour;
  const gap = size < 3 ? 0.25 : size * 0.15;
  ink.fillRect(0, 0, size - gap, size - gap);
}

/** Free: a disc. Held: a ring with a stroke through it. Sold: a small cross. Blocked: a dash. */
function drawShape(ink: Ink, size: number, state: PlaceState, colour: string, { line }: Palette): void {
  const middle = size / 2;
  ink.lineCap = "round";
  ink.fillStyle = colour;
  ink.strokeStyle = state === HELD ? colour : line;
  ink.lineWidth = Math.max(1, size * 0.08);
  ink.beginPath();
  if (state === FREE) {
    ink.arc(middle, middle, size * 0.42, 0, 2 * Math.PI);
    ink.fill();
    return;
  }
  const arm = size * (state === SOLD ? 0.13 : 0.22);
  if (state === HELD) ink.arc(middle, middle, size * 0.36, 0, 2 * Math.PI);
  if (state !== BLOCKED) {
    ink.moveTo(middle - arm, middle + arm);
    ink.lineTo(middle + arm, middle - arm);
  }
  if (state === SOLD) {
    ink.moveTo(middle - arm, middle - arm);
    ink.lineTo(middle + arm, middle + arm);
  }
  if (state === BLOCKED) {
    ink.moveTo(middle - arm, middle);
    ink.lineTo(middle + arm, middle);
  }
  ink.stroke();
}

function drawNumber(ink: Ink, size: number, number: number, colour: string): void {
  ink.fillStyle = colour;
  ink.font = `600 ${size * 0.36}px system-ui, sans-serif`;
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.fillText(String(number), size / 2, size / 2);
}

/** A chosen or own place: a full square with a tick, larger than any other. */
export function drawMark(ink: Ink, x: number, y: number, size: number, fill: string, tick: string, rim: string): void {
  const side = Math.max(size * 0.96, 6);
  const [left, top] = [x + (size - side) / 2, y + (size - side) / 2];
  ink.fillStyle = fill;
  ink.strokeStyle = rim;
  ink.lineWidth = Math.max(1, side * 0.07);
  ink.beginPath();
  ink.roundRect(left, top, side, side, side * 0.28);
  ink.fill();
  ink.stroke();
  ink.strokeStyle = tick;
  ink.lineWidth = Math.max(1.2, side * 0.12);
  ink.lineCap = "round";
  ink.lineJoin = "round";
  ink.beginPath();
  ink.moveTo(left + side * 0.27, top + side * 0.53);
  ink.lineTo(left + side * 0.44, top + side * 0.7);
  ink.lineTo(left + side * 0.74, top + side * 0.33);
  ink.stroke();
}

export function canvas(width: number, height: number): HTMLCanvasElement {
  const made = document.createElement("canvas");
  made.width = Math.max(1, Math.ceil(width));
  made.height = Math.max(1, Math.ceil(height));
  return made;
}

export function inkOf(from: HTMLCanvasElement): Ink {
  const ink = from.getContext("2d");
  if (!ink) throw new Error("a canvas has a context");
  return ink;
}
