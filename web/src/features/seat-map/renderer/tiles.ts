import type { Plan, PlanSection } from "../model/plan";
import { FREE, type PlaceState, type Seats } from "../model/seats";
import { canvas, type Glyphs, inkOf } from "./glyphs";

/** Sizes of a seat that are drawn, in device pixels; what lies between is scaled down. */
const ZOOMS = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96] as const;
/** From here on a tile has fewer seats, so that none is larger than a screen. */
const FINE_FROM = 32;
const COARSE_SEATS = 40;
const FINE_SEATS = 16;
/** What all tiles together may have, times four bytes. */
const PIXELS_MAX = 24_000_000;

export interface Tile {
  key: number;
  zoom: number;
  /** Its corner on the plan, and the number of seats between its edges, half a seat of overhang included. */
  x: number;
  y: number;
  image: HTMLCanvasElement;
  ink: CanvasRenderingContext2D;
  usedAt: number;
}

/** The smallest drawn size that needs no enlarging. */
export function zoomFor(devicePixels: number): number {
  return ZOOMS.find((zoom) => zoom >= devicePixels) ?? 96;
}

function seatsPerTile(zoom: number): number {
  return zoom < FINE_FROM ? COARSE_SEATS : FINE_SEATS;
}

/** Pictures of parts of sections, each drawn once per zoom. Changes of places are painted into them. */
export class Tiles {
  readonly #tiles = new Map<number, Tile>();
  #pixels = 0;
  drawn = 0;

  constructor(
    readonly seats: Seats,
    readonly glyphs: Glyphs,
  ) {}

  /** The tiles of a section at a zoom that are seen: as `[key, column, row]`. */
  keys(section: PlanSection, zoom: number, seen: { x: number; y: number; width: number; height: number }): Key[] {
    const per = seatsPerTile(zoom);
    const keys: Key[] = [];
    const index = (value: number, length: number) =>
      Math.min(Math.ceil(length / per) - 1, Math.max(0, Math.floor(value / per)));
    const [left, right] = [
      index(seen.x - section.x - 1, section.width),
      index(seen.x + seen.width - section.x, section.width),
    ];
    const [top, bottom] = [
      index(seen.y - section.y - 1, section.depth),
      index(seen.y + seen.height - section.y, section.depth),
    ];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++)
        keys.push({ key: keyOf(section, zoom, column, row), section, zoom, column, row });
    return keys;
  }

  find(key: number, now: number): Tile | undefined {
    const tile = this.#tiles.get(key);
    if (tile) tile.usedAt = now;
    return tile;
  }

  draw({ key, section, zoom, column, row }: Key, now: number): Tile {
    const per = seatsPerTile(zoom);
    // Rows are centred: one may stand half a seat aside.
    const image = canvas(
      (Math.min(per, section.width - column * per) + 0.5) * zoom,
      (Math.min(per, section.depth - row * per) + 0.5) * zoom,
    );
    const tile: Tile = {
      key,
      zoom,
      x: section.x + column * per,
      y: section.y + row * per,
      image,
      ink: inkOf(image),
      usedAt: now,
    };
    for (const place of placesIn(this.seats.plan, section, per, column, row)) this.#paint(tile, place);
    this.#tiles.set(key, tile);
    this.#pixels += image.width * image.height;
    this.drawn++;
    this.#makeRoom(now);
    return tile;
  }

  /** Paints places anew wherever they are pictured. Returns how many pictures of places that were. */
  patch(places: readonly number[]): number {
    const zooms = new Set([...this.#tiles.values()].map(({ zoom }) => zoom));
    let cells = 0;
    for (const place of places) {
      const section = this.seats.plan.section(place);
      if (section.standing) continue;
      for (const zoom of zooms) {
        const { column, row } = cellOf(this.seats.plan, section, seatsPerTile(zoom), place);
        const tile = this.#tiles.get(keyOf(section, zoom, column, row));
        if (!tile) continue;
        this.#paint(tile, place);
        cells++;
      }
    }
    return cells;
  }

  #paint({ ink, zoom, x, y }: Tile, place: number): void {
    const { plan, states } = this.seats;
    const row = plan.row(place);
    const [left, top] = [(row.x + place - row.first - x) * zoom, (row.y - y) * zoom];
    const state = (states[place] ?? FREE) as PlaceState;
    ink.clearRect(left, top, zoom, zoom);
    ink.drawImage(this.glyphs.place(zoom, plan.section(place).level, state, plan.number(place)), left, top);
  }

  /** Tiles that were not looked at for longest go first; those of this moment stay. */
  #makeRoom(now: number): void {
    if (this.#pixels <= PIXELS_MAX) return;
    const oldest = [...this.#tiles.values()].filter(({ usedAt }) => usedAt < now).sort((a, b) => a.usedAt - b.usedAt);
    for (const tile of oldest) {
      if (this.#pixels <= PIXELS_MAX) return;
      this.#tiles.delete(tile.key);
      this.#pixels -= tile.image.width * tile.image.height;
      // Frees the memory now, not when the collector comes by.
      tile.image.width = 0;
    }
  }

  /** Whatever there is of a section at another zoom, the nearest first. */
  others(section: PlanSection, zoom: number): readonly Tile[] {
    const far = (one: number) => Math.abs(Math.log(one / zoom));
    for (const other of [...ZOOMS].sort((a, b) => far(a) - far(b))) {
      if (other === zoom || other >= FINE_FROM) continue;
      const found = this.keys(section, other, {
        x: section.x,
        y: section.y,
        width: section.width,
        height: section.depth,
      }).map(({ key }) => this.#tiles.get(key));
      if (found.some(Boolean)) return found.filter((tile) => tile !== undefined);
    }
    return [];
  }
}

export interface Key {
  key: number;
  section: PlanSection;
  zoom: number;
  column: number;
  row: number;
}

/** At most 1,024 tiles side by side and one behind the other: more than 16,000 seats. */
function keyOf(section: PlanSection, zoom: number, column: number, row: number): number {
  return ((section.index * 128 + zoom) * 4096 + column) * 4096 + row;
}

function cellOf(plan: Plan, section: PlanSection, per: number, place: number): { column: number; row: number } {
  const row = plan.row(place);
  return {
    column: Math.floor((row.x + place - row.first - section.x) / per),
    row: Math.floor((row.y - section.y) / per),
  };
}

function* placesIn(plan: Plan, section: PlanSection, per: number, column: number, tileRow: number): Generator<number> {
  for (const row of plan.rowsOf(section)) {
    if (Math.floor((row.y - section.y) / per) !== tileRow) continue;
    const shift = row.x - section.x;
    const begin = Math.max(0, Math.ceil(column * per - shift));
    const end = Math.min(row.places, Math.ceil((column + 1) * per - shift));
    for (let offset = begin; offset < end; offset++) yield row.first + offset;
  }
}
