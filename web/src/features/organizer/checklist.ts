import type { OwnEvent } from "@/api/own-events";

export type Step = "details" | "shows" | "prices" | "image";

export interface CheckedStep {
  step: Step;
  done: boolean;
  /** Whether it can be handed in without. */
  optional: boolean;
}

/** What an event needs before it is handed in. */
export function checklist(event: OwnEvent, now: number): CheckedStep[] {
  const shows = event.shows.length > 0 && event.shows.every((show) => Date.parse(show.startsAt) > now);
  const prices = event.shows.length > 0 && event.shows.every((show) => Object.keys(show.prices).length > 0);
  return [
    { step: "details", done: event.title !== "" && event.description !== "", optional: false },
    { step: "shows", done: shows, optional: false },
    { step: "prices", done: prices, optional: false },
    { step: "image", done: event.images.length > 0, optional: true },
  ];
}

export function canSubmit(steps: readonly CheckedStep[]): boolean {
  return steps.every(({ done, optional }) => done || optional);
}

/**
 * Whether places of it may have been sold. What is called off keeps its approval; a publication that was not finished may have put
 * some shows on sale.
 */
export function wasOnSale({ status, approved, shows }: Pick<OwnEvent, "status" | "approved" | "shows">): boolean {
  switch (status) {
    case "DRAFT":
      return false;
    case "SUBMITTED":
      return shows.some((show) => show.status === "PUBLISHED");
    case "PUBLISHED":
    case "COMPLETED":
      return true;
    case "CANCELLED":
      return approved;
  }
}
