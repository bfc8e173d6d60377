import { measure } from "../measure";
import type { PlanSection } from "../model/plan";
import type { Seats } from "../model/seats";
import { type Box, type Camera, type Size, toPlan } from "./camera";
import { drawMark, Glyphs, inkOf } from "./glyphs";
import { type LabelStyle, Labels } from "./labels";
import type { Palette } from "./palette";
import type { SeatRenderer, Words } from "./seat-renderer";
import { Tiles, zoomFor } from "./tiles";

/** Drawing of new tiles goes on in the next frame after so long. */
const TILES_MS_PER_FRAME = 6;
/** While the zoom changes what is there is scaled; it is drawn sharp when the zoom has rested so long. */
const SETTLED_AFTER_MS = 90;
/** From so many CSS pixels per seat on, places can be chosen on the map; below, sections. */
export const PLACES_FROM_SCALE = 10;
const ROWS_FROM_SCALE = 16;
/** How much of the plan the stage takes, in seats. */
const STAGE_DEPTH = 3;

/** Draws on a 2D canvas: tiles of places, over them what changes from frame to frame. */
export class CanvasRenderer implements SeatRenderer {
  readonly #ink: CanvasRenderingContext2D;
  readonly #labels = new Labels();
  readonly #bounds: Box;
  #tiles: Tiles | undefined;
  #palette: Palette | undefined;
  #words: Words | undefined;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #view: Size = { width: 0, height: 0 };
  #ratio = 1;
  #asked = 0;
  #zoomedAt = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly element: HTMLCanvasElement,
    readonly seats: Seats,
  ) {
    this.#ink = inkOf(element);
    this.#bounds = boundsOf(seats.plan.sections);
  }

  resize(view: Size, ratio: number): void {
    this.#view = view;
    this.#ratio = ratio;
    this.element.width = Math.round(view.width * ratio);
    this.element.height = Math.round(view.height * ratio);
    // A canvas that was resized is empty: waiting for the next frame would flash.
    this.#frame();
  }

  setLook(palette: Palette, words: Words): void {
    this.#palette = palette;
    this.#words = words;
    this.#tiles = new Tiles(this.seats, new Glyphs(palette));
    this.#ask();
  }

  setCamera(camera: Camera): void {
    if (camera.scale !== this.#camera.scale) {
      this.#zoomedAt = performance.now();
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#ask(), SETTLED_AFTER_MS + 10);
    }
    this.#camera = camera;
    this.#ask();
  }

  marksChanged(): void {
    this.#ask();
  }

  placesChanged(places: readonly number[]): void {
    if (!this.#tiles) return;
    const start = performance.now();
    const cells = this.#tiles.patch(places);
    measure("seat-map.patch", start, { places: places.length, cells });
    this.#ask();
  }

  destroy(): void {
    cancelAnimationFrame(this.#asked);
    clearTimeout(this.#settling);
  }

  #ask(): void {
    this.#asked ||= requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
    const [tiles, palette, words] = [this.#tiles, this.#palette, this.#words];
    if (!tiles || !palette || !words || this.#view.width === 0) return;
    const start = performance.now();
    const drawnBefore = tiles.drawn;
    this.#ink.setTransform(1, 0, 0, 1, 0, 0);
    this.#ink.clearRect(0, 0, this.element.width, this.element.height);
    this.#drawStage(palette, words);
    const seen = this.#seen();
    let tilesBlitted = 0;
    let late = false;
    for (const section of this.seats.plan.sections) {
      if (!overlaps(section, seen)) continue;
      if (section.standing) this.#drawArea(section, palette);
      else {
        const { blitted, missing } = this.#drawTiles(tiles, section, seen, start);
        tilesBlitted += blitted;
        late ||= missing;
      }
      this.#drawName(section, palette, words);
    }
    this.#drawMarks(palette);
    if (late) this.#ask();
    measure("seat-map.frame", start, { tilesDrawn: tiles.drawn - drawnBefore, tilesBlitted });
  }

  #drawTiles(tiles: Tiles, section: PlanSection, seen: Box, start: number): { blitted: number; missing: boolean } {
    const zoom = zoomFor(this.#camera.scale * this.#ratio);
    const zooming = start - this.#zoomedAt < SETTLED_AFTER_MS;
    const wanted = tiles.keys(section, zoom, seen);
    const found = wanted.map(({ key }) => tiles.find(key, start));
    let missing = false;
    if (found.includes(undefined)) {
      const instead = tiles.others(section, zoom);
      for (const tile of instead) this.#blit(tile);
      const wait = zooming && instead.length > 0;
      for (const [index, key] of wanted.entries()) {
        if (found[index]) continue;
        if (wait || performance.now() - start > TILES_MS_PER_FRAME) missing ||= !wait;
        else found[index] = tiles.draw(key, start);
      }
    }
    let blitted = 0;
    for (const tile of found) {
      if (!tile) continue;
      this.#blit(tile);
      blitted++;
    }
    return { blitted, missing };
  }

  #blit({ image, zoom, x, y }: { image: HTMLCanvasElement; zoom: number; x: number; y: number }): void {
    const size = this.#camera.scale * this.#ratio;
    const factor = size / zoom;
    this.#ink.drawImage(image, this.#x(x), this.#y(y), image.width * factor, image.height * factor);
  }

  #drawStage(palette: Palette, words: Words): void {
    const size = this.#camera.scale * this.#ratio;
    const half = Math.max(4, this.#bounds.width / 5) * size;
    const [x, y] = [this.#x(0), this.#y(0)];
    const depth = Math.min(Math.max(size * 1.6, 20 * this.#ratio), 46 * this.#ratio);
    const ink = this.#ink;
    ink.fillStyle = palette.velvet;
    ink.beginPath();
    ink.moveTo(x - half, y - depth * 0.7);
    ink.quadraticCurveTo(x, y - depth * 1.25, x + half, y - depth * 0.7);
    ink.lineTo(x + half, y);
    ink.quadraticCurveTo(x, y - depth * 0.4, x - half, y);
    ink.closePath();
    ink.fill();
    const text = { size: Math.round(12 * this.#ratio), colour: palette.onVelvet, bold: true };
    this.#write(words.stage, text, x, y - depth * 0.56);
  }

  #drawArea(section: PlanSection, palette: Palette): void {
    const ink = this.#ink;
    const size = this.#camera.scale * this.#ratio;
    const [x, y] = [this.#x(section.x), this.#y(section.y)];
    const colour = palette.levels[section.level] ?? palette.ink;
    ink.beginPath();
    ink.roundRect(x, y, section.width * size, section.depth * size, Math.min(16 * this.#ratio, size));
    ink.fillStyle = colour;
    ink.globalAlpha = this.seats.left[section.index] ? 0.2 : 0.07;
    ink.fill();
    ink.globalAlpha = 1;
    ink.strokeStyle = colour;
    ink.lineWidth = 2 * this.#ratio;
    ink.stroke();
  }

  /** A section's name and what is left of it: across it from afar, above it from near. */
  #drawName(section: PlanSection, palette: Palette, words: Words): void {
    const size = this.#camera.scale * this.#ratio;
    const across = section.standing || this.#camera.scale < PLACES_FROM_SCALE;
    const left = this.seats.left[section.index] ?? 0;
    const [x, y] = [this.#x(section.x + section.width / 2), this.#y(section.y + section.depth / 2)];
    const pixels = Math.round((across ? 12 : 13) * this.#ratio);
    const halo = palette.paper;
    const name = this.#fitting(section, { size: pixels, colour: palette.ink, bold: true, halo }, section.width * size);
    if (across) {
      this.#blitLabel(name, x, y - pixels * 0.62);
      this.#write(words.left(left), { size: pixels, colour: palette.ink, halo }, x, y + pixels * 0.62);
      return;
    }
    this.#blitLabel(name, x, this.#y(section.y) - size * 0.62);
    if (this.#camera.scale >= ROWS_FROM_SCALE) this.#drawRowLabels(section, palette);
  }

  #fitting(section: PlanSection, style: LabelStyle, width: number): HTMLCanvasElement {
    const name = this.#labels.get(section.name, style);
    return name.width <= width + style.size * 2 ? name : this.#labels.get(section.code, style);
  }

  #drawRowLabels(section: PlanSection, palette: Palette): void {
    const style = { size: Math.round(11 * this.#ratio), colour: palette.muted, bold: true };
    for (const row of this.seats.plan.rowsOf(section)) {
      const y = this.#y(row.y + 0.5);
      if (y < 0 || y > this.element.height) continue;
      this.#write(row.label, style, this.#x(row.x) - 11 * this.#ratio, y);
    }
  }

  #drawMarks({ velvet, onVelvet, marigold, onMarigold, paper }: Palette): void {
    const { plan, chosen, own } = this.seats;
    const size = this.#camera.scale * this.#ratio;
    const mark = (places: readonly number[], fill: string, tick: string, rim: string) => {
      for (const place of places) {
        if (plan.isStanding(place)) continue;
        const row = plan.row(place);
        drawMark(this.#ink, this.#x(row.x + place - row.first), this.#y(row.y), size, fill, tick, rim);
      }
    };
    mark(chosen, velvet, onVelvet, paper);
    mark(own, marigold, onMarigold, onMarigold);
  }

  #write(text: string, style: LabelStyle, x: number, y: number): void {
    this.#blitLabel(this.#labels.get(text, style), x, y);
  }

  #blitLabel(label: HTMLCanvasElement, x: number, y: number): void {
    this.#ink.drawImage(label, Math.round(x - label.width / 2), Math.round(y - label.height / 2));
  }

  #x(x: number): number {
    return ((x - this.#camera.x) * this.#camera.scale + this.#view.width / 2) * this.#ratio;
  }

  #y(y: number): number {
    return ((y - this.#camera.y) * this.#camera.scale + this.#view.height / 2) * this.#ratio;
  }

  #seen(): Box {
    const { width, height } = this.#view;
    const corner = toPlan(this.#camera, this.#view, 0, 0);
    return { ...corner, width: width / this.#camera.scale, height: height / this.#camera.scale };
  }
}

/** Everything there is to see: all sections, and the stage at 0, 0. */
export function boundsOf(sections: readonly PlanSection[]): Box {
  const left = Math.min(-3, ...sections.map(({ x }) => x)) - 1.5;
  const right = Math.max(3, ...sections.map(({ x, width }) => x + width)) + 1.5;
  const bottom = Math.max(4, ...sections.map(({ y, depth }) => y + depth)) + 1;
  return { x: left, y: -STAGE_DEPTH, width: right - left, height: bottom + STAGE_DEPTH };
}

function overlaps(section: PlanSection, seen: Box): boolean {
  return (
    section.x <= seen.x + seen.width &&
    section.x + section.width + 1 >= seen.x &&
    section.y <= seen.y + seen.height + 1 &&
    section.y + section.depth + 1 >= seen.y
  );
}
