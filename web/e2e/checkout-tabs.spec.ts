import type { Page } from "@playwright/test";
import { expect, signIn, test, watchConsole } from "./journey";
import { approve, beginToPay, bookingsOf, expectPaidOnce, holding } from "./purchase";
import { openList, seat } from "./seats";
import { apiAs, cloudUrl, stageShow } from "./stage";

async function secondTab(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.addInitScript(() => localStorage.setItem("frontrow.signed-in", "1"));
  return other;
}

test("a checkout that is open twice is paid once: the other tab learns of it and asks no more", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  const other = await secondTab(page);
  const errors = watchConsole(other, expected);
  const paid: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().includes("/v1/sandbox/")) paid.push(request.url());
  });
  for (const tab of [page, other]) await tab.goto(checkout);
  // Both banks' panels are open: for one booking.
  await beginToPay(page);
  await beginToPay(other);
  expect(await bookingsOf(api, show.showId)).toHaveLength(1);
  await approve(page);
  for (const tab of [page, other]) {
    await expect(tab.getByRole("heading", { name: "You are going!" })).toBeVisible();
  }
  expect(paid).toHaveLength(1);
  await expectPaidOnce(api, show.showId);
  // Back leads nowhere where it could be paid again.
  await other.goto(checkout);
  await expect(other.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(errors).toEqual([]);
});

test("a tab that has not begun to pay learns of the other one's payment, too", async ({ page, buyer, expected }) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  const other = await secondTab(page);
  for (const tab of [page, other]) {
    await tab.goto(checkout);
    await expect(tab.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();
  }
  await beginToPay(page);
  await approve(page);
  await expect(other.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await expect(other).toHaveURL(/\/bookings\/book_/);
  await expectPaidOnce(api, show.showId);
});

test("a payment on another device is found when this one wants to pay", async ({ page, browser, buyer, expected }) => {
  expected.statuses.add(404).add(409).add(410);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  const device = await browser.newContext({ baseURL: cloudUrl(), locale: "en-IN", timezoneId: "Asia/Kolkata" });
  const phone = await device.newPage();
  await signIn(phone, buyer);
  for (const screen of [page, phone]) {
    await screen.goto(checkout);
    await expect(screen.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();
  }
  await beginToPay(phone);
  await approve(phone);
  await expect(phone.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await expectPaidOnce(api, show.showId);
  await device.close();
});

test("the back button leaves the checkout without losing the seats, and never leads to a payment that is done", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const [{ showId, title }, api] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto("/events");
  await page.goto(`/shows/${showId}?party=1`);
  await openList(page, "Stalls");
  await seat(page, "C", 2).click();
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await page.getByRole("link", { name: "Go on to checkout" }).click();
  await expect(page.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByTestId("held")).toContainText("Row C, seat 2");
  await page.goForward();
  await beginToPay(page);
  // In the middle of paying: back to the seats, which are still held, and on again to the same booking.
  await page.goBack();
  await expect(page.getByTestId("held")).toContainText("Row C, seat 2");
  expect((await api.get(`/v1/shows/${showId}/hold`)).status()).toBe(200);
  await page.goForward();
  await beginToPay(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await expectPaidOnce(api, showId);

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByTestId("held")).toHaveCount(0);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await expectPaidOnce(api, showId);
});

test("the back button goes from what is held to where people came from, and keeps what was chosen", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const [{ showId, eventId }, api] = await Promise.all([stageShow(), apiAs(buyer)]);
  await signIn(page, buyer);
  await page.goto(`/events/${eventId}`);
  await page
    .getByRole("link", { name: /^Choose seats/ })
    .first()
    .click();
  await page.getByRole("button", { name: "1 person" }).click();
  await openList(page, "Stalls");
  await seat(page, "D", 4).click();
  await expect(page.getByRole("heading", { name: "1 of 1 chosen" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/events\//);
  expect((await api.get(`/v1/shows/${showId}/hold`)).status()).toBe(404);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "1 of 1 chosen" })).toBeVisible();
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expect(page.getByTestId("held")).toContainText("Row D, seat 4");
  await page.goBack();
  await expect(page).toHaveURL(/\/events\//);
  await page.goForward();
  await expect(page.getByTestId("held")).toContainText("Row D, seat 4");
  expect((await api.get(`/v1/shows/${showId}/hold`)).status()).toBe(200);
});
