import { measure } from "../measure";
import type { PlanSection } from "../model/plan";
import type { Seats } from "../model/seats";
import { type Box, type Camera, type Size, toPlan } from "./camera";
import { Glyphs, inkOf } from "./glyphs";
import type { Palette } from "./palette";
import { type Lens, Scenery } from "./scenery";
import type { SeatRenderer, Words } from "./seat-renderer";
import { type Tile, Tiles, zoomFor } from "./tiles";

/** Drawing of new tiles goes on in the next frame after so long. */
const TILES_MS_PER_FRAME = 6;
/** While the zoom changes what is there is scaled; it is drawn sharp when the zoom has rested so long. */
const SETTLED_AFTER_MS = 90;
/** How much of the plan the stage takes, in seats. */
const STAGE_DEPTH = 3;

/** Draws on a 2D canvas: tiles of places, over them what changes from frame to frame. */
export class CanvasRenderer implements SeatRenderer {
  readonly #ink: CanvasRenderingContext2D;
  readonly #bounds: Box;
  #tiles: Tiles | undefined;
  #scenery: Scenery | undefined;
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
    const repaint = JSON.stringify(palette) !== JSON.stringify(this.#scenery?.palette);
    this.#scenery = new Scenery(this.seats, palette, words);
    if (repaint) this.#tiles = new Tiles(this.seats, new Glyphs(palette));
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
    const [tiles, scenery] = [this.#tiles, this.#scenery];
    if (!tiles || !scenery || this.#view.width === 0) return;
    const start = performance.now();
    const drawnBefore = tiles.drawn;
    const lens = this.#lens();
    this.#ink.clearRect(0, 0, this.element.width, this.element.height);
    scenery.drawStage(lens, this.#bounds.width);
    const seen = this.#seen();
    let tilesBlitted = 0;
    let unfinished = false;
    for (const section of this.seats.plan.sections) {
      if (!overlaps(section, seen)) continue;
      if (section.standing) scenery.drawArea(lens, section);
      else {
        const drawn = this.#drawPlaces(lens, tiles, scenery, section, seen, start);
        tilesBlitted += drawn.blitted;
        unfinished ||= drawn.unfinished;
      }
      scenery.drawName(lens, section);
    }
    scenery.drawMarks(lens);
    if (unfinished) this.#ask();
    measure("seat-map.frame", start, { tilesDrawn: tiles.drawn - drawnBefore, tilesBlitted });
  }

  /** A section's tiles. For those that there is no time to draw now, what there is of another zoom stands in. */
  #drawPlaces(lens: Lens, tiles: Tiles, scenery: Scenery, section: PlanSection, seen: Box, start: number) {
    const zoom = zoomFor(lens.size);
    const wanted = tiles.keys(section, zoom, seen);
    const found = wanted.map(({ key }) => tiles.find(key, start));
    let unfinished = false;
    if (found.includes(undefined)) {
      const instead = tiles.others(section, zoom);
      for (const tile of instead) blit(lens, tile);
      if (instead.length === 0) scenery.drawBlock(lens, section);
      const rest = instead.length > 0 && start - this.#zoomedAt < SETTLED_AFTER_MS;
      for (const [index, key] of wanted.entries()) {
        if (found[index] || rest) continue;
        if (performance.now() - start > TILES_MS_PER_FRAME) unfinished = true;
        else found[index] = tiles.draw(key, start);
      }
    }
    const there = found.filter((tile) => tile !== undefined);
    for (const tile of there) blit(lens, tile);
    return { blitted: there.length, unfinished };
  }

  #lens(): Lens {
    const { x, y, scale } = this.#camera;
    const [ratio, { width, height }] = [this.#ratio, this.#view];
    return {
      ink: this.#ink,
      height: this.element.height,
      ratio,
      size: scale * ratio,
      x: (seats) => ((seats - x) * scale + width / 2) * ratio,
      y: (seats) => ((seats - y) * scale + height / 2) * ratio,
    };
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

function blit({ ink, size, ...lens }: Lens, { image, zoom, x, y }: Tile): void {
  const factor = size / zoom;
  ink.drawImage(image, lens.x(x), lens.y(y), image.width * factor, image.height * factor);
}

function overlaps(section: PlanSection, seen: Box): boolean {
  return (
    section.x <= seen.x + seen.width &&
    section.x + section.width + 1 >= seen.x &&
    section.y <= seen.y + seen.height + 1 &&
    section.y + section.depth + 1 >= seen.y
  );
}
