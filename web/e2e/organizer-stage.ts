import type { Page } from "@playwright/test";
import { expect } from "./journey";
import { type BookingFacts, buy } from "./purchase";
import { apiAs, ok, type StagedShow } from "./stage";

export const ORGANIZER = "organizer@demo.frontrow.test";
export const ADMIN = "admin@demo.frontrow.test";

/** The next whole hour so many days ahead, as a `datetime-local` field wants it. */
export function wallClock(daysAhead: number, time = "19:30"): string {
  return `${new Date(Date.now() + daysAhead * 24 * 3600_000).toISOString().slice(0, 10)}T${time}`;
}

type Bought = BookingFacts & { bookingNumber: string; quote: { total: { currency: string } } };

/** Sells so many seats of the first row of a staged show to a buyer. */
export async function sell({ showId }: Pick<StagedShow, "showId">, buyer: string, quantity = 2): Promise<Bought> {
  const api = await apiAs(buyer);
  const seats = Array.from({ length: quantity }, (_, index) => `STALLS-A-${index + 1}`);
  const booking = (await buy(api, showId, seats)) as Bought;
  await api.dispose();
  await expect.poll(async () => (await bookingOf(buyer, booking.bookingId)).status).toBe("CONFIRMED");
  return booking;
}

/** A booking as its buyer sees it now. */
export async function bookingOf(buyer: string, bookingId: string): Promise<BookingFacts> {
  const api = await apiAs(buyer);
  const booking = await ok<BookingFacts>(api.get(`/v1/bookings/${bookingId}`));
  await api.dispose();
  return booking;
}

/** A draft that was never handed in, with one show in a house of its own. */
export async function stageDraft(wishes: { title?: string; timeZone?: string; submit?: boolean } = {}) {
  const organizer = await apiAs(ORGANIZER);
  const venue = await ok<{ venueId: string; name: string }>(
    organizer.post("/v1/venues", {
      data: {
        name: `House ${crypto.randomUUID().slice(0, 8)}`,
        address: "2 Test Lane",
        city: "Nagpur",
        timeZone: wishes.timeZone ?? "Asia/Kolkata",
        amenities: [],
        sections: [
          { code: "HALL", name: "Hall", kind: "seated", rows: [{ label: "A", seats: 8 }], priceLevel: "ALL" },
          { code: "PIT", name: "Pit", kind: "standing", capacity: 20, priceLevel: "PIT" },
        ],
      },
    }),
  );
  const title = wishes.title ?? `Draft ${crypto.randomUUID().slice(0, 8)}`;
  const price = { amount: 40_000, currency: "INR" };
  const startsAt = `${wallClock(9, "14:00")}:00Z`;
  const shows = [{ venueId: venue.venueId, startsAt, prices: { ALL: price, PIT: price } }];
  const data = { title, description: "A draft.", category: "THEATER", tags: [], shows };
  const event = await ok<{ eventId: string }>(organizer.post("/v1/events", { data }));
  if (wishes.submit) await ok(organizer.post(`/v1/events/${event.eventId}/submit`));
  await organizer.dispose();
  return { title, eventId: event.eventId, venue };
}

export interface OwnEvent {
  title: string;
  status: string;
  approved: boolean;
  rejection?: string;
  images: { url: string; alt: string }[];
  shows: { startsAt: string; venueName: string; salesCloseAt?: string; prices: Record<string, { amount: number }> }[];
}

/** An event as its organizer's API has it now. */
export async function ownEvent(eventId: string): Promise<OwnEvent> {
  const organizer = await apiAs(ORGANIZER);
  const event = await ok<OwnEvent>(organizer.get(`/v1/organizer/events/${eventId}`));
  await organizer.dispose();
  return event;
}

/** Finds a venue in the dialog of a show and takes it. */
export async function pickVenue(page: Page, show: number, search: string, name: string): Promise<void> {
  await page
    .getByRole("group", { name: `Show ${show}` })
    .getByRole("button", { name: /Choose a venue|,/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Choose a venue" });
  await dialog.getByLabel("Name or city").fill(search);
  await dialog
    .getByRole("button", { name: new RegExp(name) })
    .first()
    .click();
  await dialog.getByRole("button", { name: `Use ${name}` }).click();
  await expect(dialog).toBeHidden();
}

/** A picture that a browser can read, drawn by the browser itself. */
export async function picture(page: Page, width: number, height: number, type = "image/png"): Promise<Buffer> {
  const base64 = await page.evaluate(
    ({ width, height, type }) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const gradient = context.createLinearGradient(0, 0, width, height);
      gradient.addColorStop(0, "#a8123e");
      gradient.addColorStop(1, "#ffb627");
      context.fillStyle = gradient;
      context.fillRect(0, 0, width, height);
      return canvas.toDataURL(type).split(",")[1] ?? "";
    },
    { width, height, type },
  );
  return Buffer.from(base64, "base64");
}
