import { readFile } from "node:fs/promises";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { type BookingFacts, bookingsOf, buy } from "./purchase";
import { apiAs, ok, stageShow } from "./stage";

test("a booking is called off after it was shown what goes back, and just that goes back", async ({ page, buyer }) => {
  const show = await stageShow({ price: 100_000 });
  const api = await apiAs(buyer);
  const { bookingId } = await buy(api, show.showId, ["STALLS-A-1", "STALLS-A-2"]);
  await signIn(page, buyer);
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole("button", { name: "Call off this booking" }).click();
  await expect(page.getByTestId("refund-preview")).toHaveText("₹2,360");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep it" }).click();
  expect((await bookingsOf(api, show.showId))[0]?.status).toBe("CONFIRMED");

  await page.getByRole("button", { name: "Call off this booking" }).click();
  await page.getByRole("button", { name: "Call it off" }).click();
  await expect(page.getByRole("heading", { name: "This booking was called off" })).toBeVisible();
  const booking = await ok<BookingFacts>(api.get(`/v1/bookings/${bookingId}`));
  expect(["CANCELLED", "REFUNDED"]).toContain(booking.status);
  expect(booking.refund?.amount.amount ?? booking.quote.total.amount).toBe(236_000);
  await expect(page.getByRole("link", { name: /Row A, seat 1/ })).toHaveCount(0);
});

test("bookings are listed with the show's name, and the invoice and the calendar are files", async ({
  page,
  buyer,
}) => {
  const show = await stageShow();
  const api = await apiAs(buyer);
  const booking = await buy(api, show.showId, ["STALLS-A-1"]);
  await signIn(page, buyer);
  await page.goto("/bookings");
  const row = page.getByRole("link", { name: new RegExp(show.title) });
  await expect(row).toContainText("Confirmed");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await row.click();

  const calendar = page.waitForEvent("download");
  await page.getByRole("button", { name: "Add to calendar" }).click();
  const entry = await readFile(await (await calendar).path(), "utf8");
  expect(entry).toContain(`SUMMARY:${show.title}`);
  expect(entry).toContain(`UID:${booking.bookingId}@frontrow`);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PDF" }).click({ timeout: 30_000 });
  const invoice = await saved;
  expect(invoice.suggestedFilename()).toMatch(/^FR-.*\.pdf$/);
  expect((await readFile(await invoice.path())).subarray(0, 5).toString()).toBe("%PDF-");
});

test("a booking and a ticket of somebody else are not found", async ({ page, buyer, expected }) => {
  expected.statuses.add(404);
  const show = await stageShow();
  const { bookingId, tickets } = await buy(await apiAs("organizer@demo.frontrow.test"), show.showId, ["STALLS-A-1"]);
  await signIn(page, buyer);
  await page.goto(`/bookings/${bookingId}`);
  await expect(page.getByRole("heading", { name: "There is no such booking" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/tickets/${tickets[0]?.ticketId}`);
  await expect(page.getByRole("heading", { name: "There is no such ticket" })).toBeVisible({ timeout: 30_000 });
});

test("who is signed out is sent to sign in, and back to the booking", async ({ page }) => {
  await page.goto("/bookings/book_0000000000000000");
  await expect(page).toHaveURL("/sign-in?next=%2Fbookings%2Fbook_0000000000000000");
});
