import type { Page, Route } from "@playwright/test";
import { expect, expectNoSidewaysScroll, signIn, test } from "./journey";
import { approve, arrangeTest, beginToPay, bookingsOf, buy, expectPaidOnce, holding } from "./purchase";
import { apiAs, ok, stageShow } from "./stage";

const CONFIRM = "**/v1/bookings/*/confirm";
const HOUR_MS = 3_600_000;

/** Answers wait until they are let through: a network as slow as the journey likes. */
async function slowDown(page: Page, urls: string[]): Promise<{ release: () => void; waiting: () => string[] }> {
  const waiting: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const wait = async (route: Route) => {
    waiting.push(`${route.request().method()} ${new URL(route.request().url()).pathname}`);
    await gate;
    await route.continue();
  };
  for (const url of urls) await page.route(url, wait);
  return { release, waiting: () => waiting };
}

test("a payment that is pending for a minute says so, asks for nothing, and ends in tickets", async ({
  page,
  buyer,
  expected,
}) => {
  test.slow();
  expected.statuses.add(503);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"]);
  await page.clock.install();
  await page.route(CONFIRM, (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto(checkout);
  await beginToPay(page);
  await arrangeTest(page, { webhook: "never" });
  await approve(page);
  const waiting = page.getByRole("heading", { name: "Your payment is on its way to us" });
  await expect(waiting).toBeVisible();
  await expect(page.getByText(/Do not pay again: nothing is lost/)).toBeVisible();
  await page.clock.fastForward(21_000);
  await expect(page.getByText(/It takes longer than usual/)).toBeVisible();
  for (const second of [35, 50, 65]) {
    await page.clock.fastForward(15_000);
    await expect(waiting, `after ${second} s`).toBeVisible();
    await expect(page.getByRole("link", { name: "Go on to payment" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Pay/ })).toHaveCount(0);
  }
  await page.unroute(CONFIRM);
  await expect(async () => {
    await page.clock.runFor(6_000);
    await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expectPaidOnce(api, show.showId);
});

test("offline before paying: it is said, nothing is lost, and the same payment goes on", async ({
  page,
  context,
  buyer,
  expected,
}) => {
  expected.offline = true;
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-2"]);
  await page.goto(checkout);
  await expect(page.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.locator("main").getByText("No connection")).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(page.getByText("Stalls · Row B, seat 2")).toBeVisible();
  expect(await bookingsOf(api, show.showId)).toEqual([]);
  await context.setOffline(false);
  await page.locator("main").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Frontrow test bank")).toBeVisible();
  // Once more, between the panel and the bank.
  await context.setOffline(true);
  await approve(page);
  await expect(page.locator("main").getByText("No connection")).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  await context.setOffline(false);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await expectPaidOnce(api, show.showId);
});

test("offline after paying: the page says that nothing is lost, and the news comes with the network", async ({
  page,
  context,
  buyer,
  expected,
}) => {
  test.slow();
  expected.offline = true;
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-3"]);
  await page.goto(checkout);
  await beginToPay(page);
  // The bank tells nobody: all hangs on what this browser says.
  await arrangeTest(page, { webhook: "never" });
  await page.route(CONFIRM, async (route) => {
    await context.setOffline(true);
    await route.abort();
  });
  await approve(page);
  await expect(page.getByRole("heading", { name: "Your payment is on its way to us" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("button", { name: /^Pay/ })).toHaveCount(0);
  expect((await bookingsOf(api, show.showId)).map(({ status }) => status)).toEqual(["PENDING"]);
  await page.unroute(CONFIRM);
  await context.setOffline(false);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible({ timeout: 30_000 });
  await expectPaidOnce(api, show.showId);
});

for (const { name, shift } of [
  { name: "ahead", shift: HOUR_MS },
  { name: "behind", shift: -HOUR_MS },
]) {
  test(`a device whose clock is an hour ${name} counts down rightly until it has paid`, async ({ page, buyer }) => {
    const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-4"], { holdSeconds: 120 });
    await page.addInitScript((by) => {
      const now = Date.now;
      Date.now = () => now() + by;
    }, shift);
    await page.goto(checkout);
    const timer = page.getByRole("timer");
    await expect(timer).toHaveText(/Held for you for (1:[345]\d|2:00)/);
    await beginToPay(page);
    await expect(timer).toHaveText(/Held for you for (1:[2345]\d|2:00)/);
    const [begun] = await bookingsOf(api, show.showId);
    await page.goto(`/bookings/${begun?.bookingId}`);
    await expect(page.getByRole("heading", { name: "Not paid yet" })).toBeVisible();
    await expect(timer).toHaveText(/Held for you for (1:\d\d|2:00)/);
    await page.getByRole("link", { name: "Go on to payment" }).click();
    await beginToPay(page);
    await approve(page);
    await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
    // Not the words for a payment that came after the time.
    await expect(page.getByText(/after your time had run out/)).toHaveCount(0);
    await expectPaidOnce(api, show.showId);
  });
}

test("on a slow network the checkout keeps its place, and one press is one booking", async ({ page, buyer }) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-5"]);
  const loading = await slowDown(page, ["**/v1/shows/*", "**/v1/shows/*/hold"]);
  await page.goto(checkout);
  await expect(page.getByTestId("skeleton").first()).toBeVisible();
  await expect(page.getByText("You hold no seats for this show")).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  loading.release();
  await expect(page.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();
  await expect(page.getByTestId("skeleton")).toHaveCount(0);

  const booking = await slowDown(page, ["**/v1/bookings"]);
  const pay = page.getByRole("button", { name: /^Pay ₹/ });
  await pay.click();
  await pay.click({ force: true });
  await pay.press("Enter");
  await expect.poll(booking.waiting).toEqual(["POST /v1/bookings"]);
  booking.release();
  await expect(page.getByText("Frontrow test bank")).toBeVisible();
  const bank = await slowDown(page, ["**/v1/sandbox/payments/*", CONFIRM]);
  const yes = page.getByRole("button", { name: /^Approve/ });
  await yes.click();
  await yes.click({ force: true });
  await expect.poll(bank.waiting).toHaveLength(1);
  // While the bank is at it, nothing else can be begun.
  await expect(page.getByRole("button", { name: "Give the seat back" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Decline" })).toBeDisabled();
  bank.release();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(bank.waiting()).toHaveLength(2);
  await expectPaidOnce(api, show.showId);
});

test("on a slow network bookings and tickets keep their places, and a booking is called off once", async ({
  page,
  buyer,
}) => {
  const show = await stageShow();
  const api = await apiAs(buyer);
  const { bookingId } = await buy(api, show.showId, ["STALLS-A-1"]);
  await ok(api.post("/_local/streams/idle"));
  await signIn(page, buyer);
  for (const { path, asked, there } of [
    { path: "/bookings", asked: "**/v1/bookings?*", there: page.getByRole("link", { name: new RegExp(show.title) }) },
    { path: "/tickets", asked: "**/v1/bookings?*", there: page.getByRole("heading", { name: show.title }) },
    {
      path: `/bookings/${bookingId}`,
      asked: `**/v1/bookings/${bookingId}`,
      there: page.getByRole("heading", { name: "You are going!" }),
    },
  ]) {
    // What was kept on the device would be there at once.
    const slow = await slowDown(page, [asked]);
    await page.goto(path);
    await expect(page.getByTestId("skeleton").first(), path).toBeVisible();
    await expect(there).toHaveCount(0);
    await expectNoSidewaysScroll(page);
    slow.release();
    await expect(there).toBeVisible();
    await expect(page.getByTestId("skeleton")).toHaveCount(0);
    await page.unroute(asked);
  }
  await page.getByRole("button", { name: "Call off this booking" }).click();
  const slow = await slowDown(page, ["**/v1/bookings/*/cancel"]);
  const callOff = page.getByRole("button", { name: "Call it off" });
  await callOff.click();
  await callOff.click({ force: true });
  await expect.poll(slow.waiting).toHaveLength(1);
  slow.release();
  await expect(page.getByRole("heading", { name: "This booking was called off" })).toBeVisible();
  expect(slow.waiting()).toHaveLength(1);
});
