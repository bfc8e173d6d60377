/** A place's name, taken apart: `STALLS-C-12`. Section and row never contain a hyphen. */
export interface SeatParts {
  section: string;
  row: string;
  number: number;
}

export function seatParts(seat: string): SeatParts {
  const [section = "", row = "", number = ""] = seat.split("-");
  return { section, row, number: Number(number) };
}

export function seatId({ section, row, number }: SeatParts): string {
  return `${section}-${row}-${number}`;
}

/** The row of a standing area: its places have numbers that nobody needs to know. */
export const STANDING_ROW = "0";
