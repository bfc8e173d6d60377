import type { PlanRow, PlanSection } from "../model/plan";
import type { Seats } from "../model/seats";
import { drawMark } from "./glyphs";
import { type LabelStyle, Labels } from "./labels";
import type { Palette } from "./palette";
import type { Words } from "./seat-renderer";

/** How the plan lies on the canvas in one frame; everything in device pixels. */
export interface Lens {
  ink: CanvasRenderingContext2D;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** Of a seat. */
  size: number;
  x(seats: number): number;
  y(seats: number): number;
}

/** From so many CSS pixels per seat on, places can be chosen on the map; below, sections. */
export const PLACES_FROM_SCALE = 10;
const ROWS_FROM_SCALE = 16;
/** Letters on sections, in CSS pixels: the smaller a section is the smaller they are. */
const LABEL_MAX = 12.5;
const LABEL_MIN = 8;
/** So many letters are about as wide as a section. */
const LABEL_LETTERS = 3.2;

/** All that is drawn beside the tiles, anew in each frame: the stage, names, standing areas, and what is chosen. */
export class Scenery {
  readonly #labels = new Labels();
  /** Plurals take long to find. */
  readonly #left = new Map<number, string>();

  constructor(
    readonly seats: Seats,
    readonly palette: Palette,
    readonly words: Words,
  ) {}

  drawStage(lens: Lens, hallWidth: number): void {
    const { ink, ratio, size } = lens;
    const half = Math.max(4, hallWidth / 5) * size;
    const [x, y] = [lens.x(0), lens.y(0)];
    const depth = Math.min(Math.max(size * 1.6, 20 * ratio), 46 * ratio);
    ink.fillStyle = this.palette.velvet;
    ink.beginPath();
    ink.moveTo(x - half, y - depth * 0.7);
    ink.quadraticCurveTo(x, y - depth * 1.25, x + half, y - depth * 0.7);
    ink.lineTo(x + half, y);
    ink.quadraticCurveTo(x, y - depth * 0.4, x - half, y);
    ink.closePath();
    ink.fill();
    const style = { size: Math.round(12 * ratio), colour: this.palette.onVelvet, bold: true };
    blit(lens, this.#labels.get(this.words.stage, style), x, y - depth * 0.56);
  }

  drawArea(lens: Lens, section: PlanSection): void {
    const { ink, ratio, size } = lens;
    const colour = this.#colour(section);
    ink.beginPath();
    const round = Math.min(16 * ratio, size);
    ink.roundRect(lens.x(section.x), lens.y(section.y), section.width * size, section.depth * size, round);
    ink.fillStyle = colour;
    ink.globalAlpha = this.seats.left[section.index] ? 0.2 : 0.07;
    ink.fill();
    ink.globalAlpha = 1;
    ink.strokeStyle = colour;
    ink.lineWidth = 2 * ratio;
    ink.stroke();
  }

  /** Stands for a section until its places are drawn. */
  drawBlock({ ink, size, ...lens }: Lens, section: PlanSection): void {
    ink.globalAlpha = 0.3;
    ink.fillStyle = this.#colour(section);
    ink.fillRect(lens.x(section.x), lens.y(section.y), section.width * size, section.depth * size);
    ink.globalAlpha = 1;
  }

  /** A section's name and what is left of it: across it from afar, as far as there is room; its name above it from near. */
  drawName(lens: Lens, section: PlanSection): void {
    const { ratio, size } = lens;
    const scale = size / ratio;
    const width = section.width * size;
    const [x, y] = [lens.x(section.x + section.width / 2), lens.y(section.y + section.depth / 2)];
    const letters = Math.min(LABEL_MAX * ratio, Math.max(LABEL_MIN * ratio, width / LABEL_LETTERS));
    const style = { size: Math.round(letters), colour: this.palette.ink, halo: this.palette.surface };
    const name = this.#fitting([section.name, section.code], { ...style, bold: true }, width);
    if (!section.standing && scale >= PLACES_FROM_SCALE) {
      if (name) blit(lens, name, x, lens.y(section.y) - size * 0.62);
      if (scale >= ROWS_FROM_SCALE) this.#drawRowLabels(lens, this.seats.plan.rowsOf(section));
      return;
    }
    const left = this.seats.left[section.index] ?? 0;
    const rest = this.#fitting([this.#leftText(left), String(left)], style, width);
    if (name) blit(lens, name, x, y - (rest ? letters * 0.62 : 0));
    if (rest) blit(lens, rest, x, y + letters * 0.62);
  }

  /** What is chosen and what is held by whoever looks lies over the tiles: it is theirs alone. */
  drawMarks(lens: Lens): void {
    const { velvet, onVelvet, marigold, onMarigold, surface } = this.palette;
    const { plan, chosen, own } = this.seats;
    const mark = (places: readonly number[], fill: string, tick: string, rim: string) => {
      for (const place of places) {
        if (plan.isStanding(place)) continue;
        const row = plan.row(place);
        drawMark(lens.ink, lens.x(row.x + place - row.first), lens.y(row.y), lens.size, fill, tick, rim);
      }
    };
    mark(chosen, velvet, onVelvet, surface);
    mark(own, marigold, onMarigold, onMarigold);
  }

  #drawRowLabels(lens: Lens, rows: readonly PlanRow[]): void {
    const style = { size: Math.round(11 * lens.ratio), colour: this.palette.muted, bold: true };
    for (const row of rows) {
      const y = lens.y(row.y + 0.5);
      if (y >= 0 && y <= lens.height)
        blit(lens, this.#labels.get(row.label, style), lens.x(row.x) - 11 * lens.ratio, y);
    }
  }

  /** The first of some texts that is not much wider than there is room. */
  #fitting(texts: readonly string[], style: LabelStyle, width: number): HTMLCanvasElement | undefined {
    for (const text of texts) {
      const label = this.#labels.get(text, style);
      if (label.width <= width + style.size) return label;
    }
    return undefined;
  }

  #leftText(count: number): string {
    const text = this.#left.get(count) ?? this.words.left(count);
    this.#left.set(count, text);
    return text;
  }

  #colour(section: PlanSection): string {
    return this.palette.levels[section.level] ?? this.palette.ink;
  }
}

function blit({ ink }: Lens, label: HTMLCanvasElement, x: number, y: number): void {
  ink.drawImage(label, Math.round(x - label.width / 2), Math.round(y - label.height / 2));
}
