import { type APIRequestContext, type APIResponse, request } from "@playwright/test";

export const PASSWORD = "Frontrow-demo-1";
const ORGANIZER = "organizer@demo.frontrow.test";
const ADMIN = "admin@demo.frontrow.test";

/** A show that one journey has for itself. */
export interface StagedShow {
  title: string;
  eventId: string;
  showId: string;
}

export interface ShowWishes {
  title?: string;
  holdSeconds?: number;
  seatLimit?: number;
  startsInMinutes?: number;
  rows?: { label: string; seats: number }[];
  price?: number;
  /** How many stand on the floor; 0 for none. Like `rows`, it makes a venue of the show's own. */
  standing?: number;
  /** From when on it is sold. */
  salesOpenInSeconds?: number;
}

export function cloudUrl(): string {
  const url = process.env.FRONTROW_URL;
  if (!url) throw new Error("FRONTROW_URL is set by e2e/cloud.ts");
  return url;
}

/** The API as a client in nobody's browser. */
export async function apiAs(email?: string, password = PASSWORD): Promise<APIRequestContext> {
  const baseURL = cloudUrl();
  if (!email) return request.newContext({ baseURL });
  const anonymous = await request.newContext({ baseURL });
  const { accessToken } = await ok<{ accessToken: string }>(
    anonymous.post("/v1/auth/sign-in", { data: { email, password } }),
  );
  await anonymous.dispose();
  return request.newContext({ baseURL, extraHTTPHeaders: { authorization: `Bearer ${accessToken}` } });
}

/** What an answer carries; anything but a success ends the journey. */
export async function ok<T>(answer: Promise<APIResponse>): Promise<T> {
  const response = await answer;
  const text = await response.text();
  if (!response.ok()) throw new Error(`${response.status()} ${response.url()}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

let venueId: Promise<string> | undefined;

/** A small theatre that all journeys of a worker play in. */
function venue(organizer: APIRequestContext, rows: { label: string; seats: number }[], standing = 40): Promise<string> {
  const floor = { code: "FLOOR", name: "Floor", kind: "standing", capacity: standing, priceLevel: "FLOOR" };
  const body = {
    name: "Journey Playhouse",
    address: "1 Test Lane",
    city: "Pune",
    timeZone: "Asia/Kolkata",
    amenities: [],
    sections: [
      { code: "STALLS", name: "Stalls", kind: "seated", rows, priceLevel: "FRONT" },
      ...(standing > 0 ? [floor] : []),
    ],
  };
  return ok<{ venueId: string }>(organizer.post("/v1/venues", { data: body })).then((made) => made.venueId);
}

const usualRows = ["A", "B", "C", "D"].map((label) => ({ label, seats: 10 }));

/** Puts a show on sale, the way organizers and admins do. */
export async function stageShow(wishes: ShowWishes = {}): Promise<StagedShow> {
  const [organizer, admin] = await Promise.all([apiAs(ORGANIZER), apiAs(ADMIN)]);
  const title = wishes.title ?? `Journey ${crypto.randomUUID().slice(0, 8)}`;
  const own = wishes.rows !== undefined || wishes.standing !== undefined;
  if (!own) venueId ??= venue(organizer, usualRows);
  const where = await (own ? venue(organizer, wishes.rows ?? usualRows, wishes.standing) : venueId);
  const startsAt = new Date(Date.now() + (wishes.startsInMinutes ?? 3 * 24 * 60) * 60_000).toISOString();
  const price = { amount: wishes.price ?? 50_000, currency: "INR" };
  const show = {
    venueId: where,
    startsAt,
    prices: {
      FRONT: price,
      ...(wishes.standing !== 0 && { FLOOR: { ...price, amount: Math.round(price.amount / 2) } }),
    },
    ...(wishes.salesOpenInSeconds && {
      salesOpenAt: new Date(Date.now() + wishes.salesOpenInSeconds * 1000).toISOString(),
    }),
    ...(wishes.holdSeconds && { holdSeconds: wishes.holdSeconds }),
    ...(wishes.seatLimit && { seatLimit: wishes.seatLimit }),
  };
  const data = { title, description: "A show for one journey.", category: "THEATER", tags: [], shows: [show] };
  const event = await ok<{ eventId: string; shows: { showId: string }[] }>(organizer.post("/v1/events", { data }));
  await ok(organizer.post(`/v1/events/${event.eventId}/submit`));
  await ok(admin.post(`/v1/events/${event.eventId}/approve`));
  await ok(organizer.post(`/v1/events/${event.eventId}/publish`));
  await Promise.all([organizer.dispose(), admin.dispose()]);
  const showId = event.shows[0]?.showId;
  if (!showId) throw new Error("an event has a show");
  return { title, eventId: event.eventId, showId };
}
