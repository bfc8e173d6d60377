import type { APIRequestContext, Page } from "@playwright/test";
import { expect, signIn } from "./journey";
import { apiAs, ok, type ShowWishes, type StagedShow, stageShow } from "./stage";

/** A booking as far as journeys look at it. */
export interface BookingFacts {
  bookingId: string;
  status: string;
  cancelReason?: string;
  quote: { total: { amount: number }; discount: { amount: number } };
  payment?: { paymentId: string; status: string };
  refund?: { amount: { amount: number }; status: string };
  tickets: { ticketId: string; seat: string }[];
}

/** A buyer in a browser who holds places of a show, and the same buyer at the API. */
export interface Purchase {
  show: StagedShow;
  api: APIRequestContext;
  checkout: string;
}

/** Puts a show on sale, signs the buyer in and holds places in it. */
export async function holding(page: Page, email: string, seats: string[], wishes: ShowWishes = {}): Promise<Purchase> {
  const show = await stageShow(wishes);
  const api = await apiAs(email);
  await hold(api, show.showId, seats);
  await signIn(page, email);
  return { show, api, checkout: `/shows/${show.showId}/checkout` };
}

export function hold(api: APIRequestContext, showId: string, seats: string[]): Promise<unknown> {
  return ok(api.post(`/v1/shows/${showId}/hold`, { data: { seats } }));
}

/** The buyer's bookings of a show, by the API. */
export async function bookingsOf(api: APIRequestContext, showId: string): Promise<BookingFacts[]> {
  const { items } = await ok<{ items: (BookingFacts & { showId: string })[] }>(api.get("/v1/bookings?limit=100"));
  return items.filter((booking) => booking.showId === showId);
}

/** One booking, with its tickets, and its one payment: whatever was pressed where. */
export async function expectPaidOnce(api: APIRequestContext, showId: string): Promise<void> {
  const bookings = await bookingsOf(api, showId);
  expect(bookings.map(({ status, tickets }) => [status, tickets.length])).toEqual([["CONFIRMED", 1]]);
  const booking = () => ok<BookingFacts>(api.get(`/v1/bookings/${bookings[0]?.bookingId}`));
  // Money is taken a moment after the booking is confirmed.
  await expect.poll(async () => (await booking()).payment?.status).toBe("CAPTURED");
}

/** Buys places at the API alone. */
export async function buy(api: APIRequestContext, showId: string, seats: string[]): Promise<BookingFacts> {
  await hold(api, showId, seats);
  const booking = await ok<BookingFacts>(api.post("/v1/bookings", { data: { showId, provider: "sandbox" } }));
  const { proof } = await ok<{ proof: unknown }>(
    api.post(`/v1/sandbox/payments/${booking.payment?.paymentId}`, { data: { action: "authorize" } }),
  );
  return ok<BookingFacts>(api.post(`/v1/bookings/${booking.bookingId}/confirm`, { data: proof }));
}

/** Presses the pay button and waits for the sandbox's panel. */
export async function beginToPay(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByText("Frontrow test bank")).toBeVisible();
}

export async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Approve/ }).click();
}

/** How the sandbox is told to misbehave. */
export async function arrangeTest(page: Page, wishes: { webhook: string; silent?: boolean }): Promise<void> {
  await page.getByText("For testing").click();
  await page.getByLabel("The bank tells Frontrow").selectOption(wishes.webhook);
  if (wishes.silent) await page.getByLabel(/This browser tells Frontrow nothing/).check();
}
