import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./journey";
import { approve, beginToPay, bookingsOf, holding } from "./purchase";
import { expectScannable } from "./qr";
import { ok } from "./stage";

test("held seats are paid at the sandbox, and the ticket's picture says what the door reads", async ({ page, buyer }) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1", "STALLS-A-2"]);
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  await expect(page.getByText("Stalls · Row A, seat 1")).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await beginToPay(page);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking?.status).toBe("CONFIRMED");
  expect(page.url()).toContain(`/bookings/${booking?.bookingId}`);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole("link", { name: /Row A, seat 2/ }).click();
  const ticket = booking?.tickets.find(({ seat }) => seat === "STALLS-A-2");
  const { code } = await ok<{ code: string }>(api.get(`/v1/tickets/${ticket?.ticketId}`));
  await expectScannable(page, code);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectScannable(page, code);
  await page.emulateMedia({ colorScheme: null });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
