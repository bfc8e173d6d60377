import type { Schema } from "@/lib/api";
import type { Money } from "@/lib/money";
import { STANDING_ROW, seatParts } from "@/lib/seat";

export interface PlanLevel {
  level: string;
  price: Money;
}

export interface PlanRow {
  index: number;
  /** The section it is in. */
  section: number;
  label: string;
  /** Its first place. The others follow. */
  first: number;
  places: number;
  /** Where its first place is, in seats. */
  x: number;
  y: number;
}

export interface PlanSection {
  index: number;
  code: string;
  name: string;
  standing: boolean;
  /** Its price level. */
  level: number;
  x: number;
  y: number;
  width: number;
  depth: number;
  first: number;
  places: number;
  firstRow: number;
  rows: number;
}

/** Where the places of a show are. Every place, row and section is a number here; places of a row and rows of a section follow each other. */
export class Plan {
  readonly sections: readonly PlanSection[];
  readonly rows: readonly PlanRow[];
  /** The dearest first. */
  readonly levels: readonly PlanLevel[];
  readonly places: number;
  /** The row of every place. */
  readonly rowOf: Uint32Array;
  readonly #rows = new Map<string, number>();

  constructor(layout: Schema["LayoutView"]) {
    this.levels = [...layout.levels].sort((a, b) => b.price.amount - a.price.amount);
    const sections: PlanSection[] = [];
    const rows: PlanRow[] = [];
    let places = 0;
    for (const section of layout.sections) {
      const [first, firstRow, index] = [places, rows.length, sections.length];
      for (const row of section.rows) {
        this.#rows.set(`${section.section}-${row.row}`, rows.length);
        rows.push({
          index: rows.length,
          section: index,
          label: row.row,
          first: places,
          places: row.seats,
          x: row.x,
          y: row.y,
        });
        places += row.seats;
      }
      sections.push({
        index,
        code: section.section,
        name: section.name,
        standing: section.kind === "standing",
        level: Math.max(
          0,
          this.levels.findIndex(({ level }) => level === section.priceLevel),
        ),
        x: section.x,
        y: section.y,
        width: section.width,
        depth: section.depth,
        first,
        places: places - first,
        firstRow,
        rows: rows.length - firstRow,
      });
    }
    this.sections = sections;
    this.rows = rows;
    this.places = places;
    this.rowOf = new Uint32Array(places);
    for (const row of rows) this.rowOf.fill(row.index, row.first, row.first + row.places);
  }

  row(place: number): PlanRow {
    return at(this.rows, this.rowOf[place]);
  }

  section(place: number): PlanSection {
    return at(this.sections, this.row(place).section);
  }

  level(section: PlanSection): PlanLevel {
    return at(this.levels, section.level);
  }

  price(place: number): Money {
    return this.level(this.section(place)).price;
  }

  /** From 1. */
  number(place: number): number {
    return place - this.row(place).first + 1;
  }

  /** `STALLS-C-12`. */
  seat(place: number): string {
    return `${this.section(place).code}-${this.row(place).label}-${this.number(place)}`;
  }

  /** The place with this name; undefined if the show has none such. */
  place(seat: string): number | undefined {
    const { section, row, number } = seatParts(seat);
    return this.placeAt(section, row, number);
  }

  placeAt(section: string, label: string, number: number): number | undefined {
    const row = this.rows[this.#rows.get(`${section}-${label}`) ?? -1];
    return row && number >= 1 && number <= row.places ? row.first + number - 1 : undefined;
  }

  /** The middle of a place, in seats. */
  centre(place: number): { x: number; y: number } {
    const row = this.row(place);
    return { x: row.x + place - row.first + 0.5, y: row.y + 0.5 };
  }

  rowsOf(section: PlanSection): readonly PlanRow[] {
    return this.rows.slice(section.firstRow, section.firstRow + section.rows);
  }

  isStanding(place: number): boolean {
    return this.row(place).label === STANDING_ROW && this.section(place).standing;
  }
}

function at<T>(list: readonly T[], index: number | undefined): T {
  const found = list[index ?? -1];
  if (found === undefined) throw new Error(`the plan has no ${index}`);
  return found;
}
