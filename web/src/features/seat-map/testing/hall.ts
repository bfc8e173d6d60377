import type { Schema } from "@/lib/api";
import { Plan } from "../model/plan";
import { Seats } from "../model/seats";

const inr = (amount: number) => ({ amount, currency: "INR" });

/** A small hall for tests: stalls of three rows of ten, a circle of two rows of five behind them, and a floor for twenty. */
export const layout: Schema["LayoutView"] = {
  showId: "show_1",
  version: 1,
  focalPoint: { x: 0, y: 0 },
  levels: [
    { level: "BACK", price: inr(30_000) },
    { level: "FRONT", price: inr(50_000) },
    { level: "FLOOR", price: inr(20_000) },
  ],
  sections: [
    {
      section: "STALLS",
      name: "Stalls",
      kind: "seated",
      priceLevel: "FRONT",
      capacity: 30,
      x: -5,
      y: 2,
      width: 10,
      depth: 3,
      rows: ["A", "B", "C"].map((row, index) => ({ row, seats: 10, x: -5, y: 2 + index })),
    },
    {
      section: "CIRCLE",
      name: "Dress circle",
      kind: "seated",
      priceLevel: "BACK",
      capacity: 9,
      x: -2.5,
      y: 7,
      width: 5,
      depth: 2,
      rows: [
        { row: "A", seats: 4, x: -2, y: 7 },
        { row: "B", seats: 5, x: -2.5, y: 8 },
      ],
    },
    {
      section: "FLOOR",
      name: "Floor",
      kind: "standing",
      priceLevel: "FLOOR",
      capacity: 20,
      x: -4,
      y: 11,
      width: 7,
      depth: 3,
      rows: [{ row: "0", seats: 20, x: -4, y: 11 }],
    },
  ],
};

/** How the whole hall stands: all free but for these, as `{"STALLS-A": "AAHHAAAAAA"}`. */
export function snapshot(rows: Record<string, string> = {}, asOf = "2026-11-21T12:00:00Z"): Schema["SeatMapView"] {
  const sections = layout.sections.map(({ section, rows: plans }) => ({
    section,
    rows: plans.map(({ row, seats }) => ({ row, first: 1, states: rows[`${section}-${row}`] ?? "A".repeat(seats) })),
  }));
  return { showId: "show_1", asOf, serverTime: asOf, sections };
}

export function hall(rows: Record<string, string> = {}): Seats {
  const seats = new Seats(new Plan(layout));
  seats.takeSnapshot(snapshot(rows));
  return seats;
}

/** Places by name. */
export function places(seats: Seats, ...names: string[]): number[] {
  return names.map((name) => {
    const place = seats.plan.place(name);
    if (place === undefined) throw new Error(`no ${name}`);
    return place;
  });
}

export function named(seats: Seats, numbers: readonly number[]): string[] {
  return numbers.map((place) => seats.plan.seat(place));
}
