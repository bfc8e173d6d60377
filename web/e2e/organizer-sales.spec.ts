import { readFile } from "node:fs/promises";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { bookingOf, ORGANIZER, sell } from "./organizer-stage";
import { apiAs, stageShow } from "./stage";

test("a part goes back after a preview, and never more than is left", async ({ page, buyer }) => {
  const staged = await stageShow({ price: 100_000 });
  const booking = await sell(staged, buyer);
  const { amount: paid } = booking.quote.total;
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${staged.eventId}`);
  const card = page.getByTestId("show-card");
  await card.locator("summary").first().click();
  const sections = card.getByTestId("section-sales");
  await expect(
    sections
      .getByRole("row", { name: /Stalls/ })
      .getByRole("cell")
      .first(),
  ).toHaveText("2");
  await card.getByRole("button", { name: `Refund ${booking.bookingNumber}` }).click();

  const dialog = page.getByRole("dialog", { name: `Refund ${booking.bookingNumber}` });
  await dialog.getByLabel("Amount in INR").fill("999999");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByText(/^At most .* is left\.$/)).toBeVisible();
  await dialog.getByLabel("Amount in INR").fill("500.50");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.getByTestId("refund-preview")).toContainText("₹500.50");
  await expect(dialog.getByText("The booking and its tickets stay valid")).toBeVisible();
  expect((await bookingOf(buyer, booking.bookingId)).refund).toBeUndefined();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  let refunds = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/refunds")) refunds += 1;
  });
  await dialog.getByRole("button", { name: "Give ₹500.50 back" }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(card.getByText("₹500.50 given back")).toBeVisible();
  expect(refunds).toBe(1);
  await expect
    .poll(async () => bookingOf(buyer, booking.bookingId))
    .toMatchObject({ status: "CONFIRMED", refund: { amount: { amount: 50_050 }, status: "DONE" } });

  await page.goto("/organizer?tab=refunds");
  await page.getByLabel("Status").selectOption("DONE");
  await expect(page.getByText(booking.bookingNumber).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.goto(`/organizer/events/${staged.eventId}`);
  await card.locator("summary").first().click();
  await card.getByRole("button", { name: `Refund ${booking.bookingNumber}` }).click();
  await dialog.getByLabel("Call the booking off, give all of it back").check();
  await dialog.getByRole("button", { name: "Preview" }).click();
  await dialog.getByRole("button", { name: "Call off and give all back" }).click();
  await expect(card.getByText("Refunded", { exact: true })).toBeVisible();
  await expect
    .poll(async () => bookingOf(buyer, booking.bookingId))
    .toMatchObject({ status: "REFUNDED", refund: { amount: { amount: paid } } });
});

test("somebody else gave money back meanwhile: the refusal says what is left", async ({ page, buyer, expected }) => {
  expected.statuses.add(422);
  const staged = await stageShow({ price: 100_000 });
  const booking = await sell(staged, buyer, 1);
  const { amount: paid, currency } = booking.quote.total;
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${staged.eventId}`);
  await page.getByTestId("show-card").locator("summary").first().click();
  await page.getByRole("button", { name: `Refund ${booking.bookingNumber}` }).click();
  const dialog = page.getByRole("dialog", { name: `Refund ${booking.bookingNumber}` });
  await dialog.getByLabel("Amount in INR").fill(String(paid / 100));
  await dialog.getByRole("button", { name: "Preview" }).click();

  const other = await apiAs(ORGANIZER);
  const path = `/v1/organizer/shows/${staged.showId}/bookings/${booking.bookingId}/refunds`;
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const meanwhile = await other.post(path, { headers, data: { amount: { amount: paid - 10_000, currency } } });
  expect(meanwhile.status()).toBe(201);
  await other.dispose();

  await dialog.getByRole("button", { name: /^Give .* back$/ }).click();
  await expect(dialog.getByText("So much cannot go back")).toBeVisible();
  await dialog.getByRole("button", { name: "Back", exact: true }).click();
  await expect(dialog.getByText("₹100 is left of what was paid")).toBeVisible();
});

test("revenue is what the books say, and the CSV has the sale", async ({ page, buyer }) => {
  const staged = await stageShow({ price: 123_400 });
  const booking = await sell(staged, buyer);
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${staged.eventId}`);
  await expect(page.getByTestId("revenue")).toContainText("₹2,468");
  await page.getByText("As a table").click();
  await expect(page.getByRole("table", { name: "Net sales by day" }).getByRole("cell")).toHaveText("₹2,468");
  await page.getByTestId("show-card").locator("summary").first().click();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "All books as CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^ledger-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(rows[0]).toBe("at,kind,payment,booking,show,account,amount,currency");
  const sale = rows.filter((row) => row.includes(booking.bookingId) && row.includes(",SOLD,"));
  expect(sale.some((row) => row.endsWith(",SALES,-246800,INR"))).toBe(true);

  await page.getByLabel("From").fill("2024-01-01");
  await expect(page.getByText(/At most 31 days/)).toBeVisible();
});

test("an event is called off after its title was typed, and its buyer has all the money back", async ({
  page,
  buyer,
}) => {
  // Every show is gone through twice, the second time two minutes after the first.
  test.setTimeout(300_000);
  const staged = await stageShow();
  const booking = await sell(staged, buyer);
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${staged.eventId}`);
  await page.getByRole("button", { name: "Call the event off" }).click();
  const dialog = page.getByRole("dialog", { name: `Call off “${staged.title}”?` });
  await expect(dialog.getByText(/refunded in full/)).toBeVisible();
  const confirm = dialog.getByRole("button", { name: "Call off and refund everybody" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill(staged.title);
  await expectAccessible(page);
  await confirm.click();
  await expect(dialog).toBeHidden({ timeout: 45_000 });
  const progress = page.getByTestId("call-off");
  await expect(progress.getByText("1 booking called off").first()).toBeVisible();
  await expect
    .poll(async () => bookingOf(buyer, booking.bookingId))
    .toMatchObject({ status: "REFUNDED", refund: { amount: { amount: booking.quote.total.amount }, status: "DONE" } });
  await expect(page.getByRole("button", { name: "Call the event off" })).toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await expect(progress).toHaveAttribute("data-complete", "true", { timeout: 200_000 });
});
