import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expect } from "./journey";
import { apiAs, ok } from "./stage";

export const STADIUM_PLACES = 50_000;

/** How a place is written in the list, as `Row A, seat 3, …`. */
export function seat(page: Page, row: string, number: number): Locator {
  return page.getByRole("button", { name: new RegExp(`^Row ${row}, seat ${number},`) });
}

/** Opens the list of a section. */
export async function openList(page: Page, section: string): Promise<void> {
  await page.getByRole("button", { name: "List" }).click();
  await page.getByRole("heading", { name: section }).getByRole("button").click();
}

export interface HoldAnswer {
  holdId: string;
  seats: { seat: string }[];
  expiresAt: string;
}

/** What somebody holds, as the API says; undefined for nothing. */
export async function heldBy(person: APIRequestContext, showId: string): Promise<string[] | undefined> {
  const answer = await person.get(`/v1/shows/${showId}/hold`);
  if (!answer.ok()) return undefined;
  return ((await answer.json()) as HoldAnswer).seats.map((one) => one.seat).sort();
}

/** Somebody in another browser holds these. */
export async function holdAs(email: string, showId: string, seats: string[]): Promise<APIRequestContext> {
  const person = await apiAs(email);
  await ok(person.post(`/v1/shows/${showId}/hold`, { data: { seats } }));
  return person;
}

/** The panel of what is held. */
export async function expectHeld(page: Page, count: number): Promise<void> {
  const title = count === 1 ? "1 seat is held for you" : `${count} seats are held for you`;
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
}

/** A show of the demo in the largest of its venues. */
export async function stadiumShow(): Promise<string> {
  const anybody = await apiAs();
  const venues = await ok<{ items: { name: string; city: string; capacity: number }[] }>(
    anybody.get("/v1/venues?limit=100"),
  );
  const stadium = venues.items.find(({ capacity }) => capacity === STADIUM_PLACES);
  const events = await ok<{ items: { eventId: string; venues: string[] }[] }>(
    anybody.get(`/v1/events?limit=100&city=${stadium?.city}`),
  );
  const event = events.items.find(({ venues: names }) => names.includes(stadium?.name ?? ""));
  const { shows } = await ok<{ shows: { showId: string; venueName: string }[] }>(
    anybody.get(`/v1/events/${event?.eventId}`),
  );
  const show = shows.find(({ venueName }) => venueName === stadium?.name);
  if (!show) throw new Error("the demo has a show in the stadium");
  return show.showId;
}
