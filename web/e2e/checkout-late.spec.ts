import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./journey";
import { approve, arrangeTest, beginToPay, bookingsOf, holding } from "./purchase";
import { apiAs } from "./stage";

/** Long enough to press two buttons on a busy machine. */
const HOLD_SECONDS = 30;

/** Nothing that the browser says reaches the server, until `open` is called. */
async function blockConfirm(page: Page): Promise<{ open: () => Promise<void> }> {
  const url = "**/v1/bookings/*/confirm";
  await page.context().route(url, (route) => route.fulfill({ status: 503, body: "" }));
  return { open: () => page.context().unroute(url) };
}

/** Resolves when nobody holds the seat any more: somebody else has just got it. */
async function takenBy(email: string, showId: string, seat: string): Promise<void> {
  const rival = await apiAs(email);
  await expect
    .poll(async () => (await rival.post(`/v1/shows/${showId}/hold`, { data: { seats: [seat] } })).status(), {
      timeout: 90_000,
    })
    .toBe(201);
}

test.describe.configure({ timeout: 240_000 });

test("a payment that comes late keeps its seats if nobody took them, and the buyer is told so", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(503).add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"], { holdSeconds: HOLD_SECONDS });
  const confirm = await blockConfirm(page);
  await page.goto(checkout);
  await beginToPay(page);
  await arrangeTest(page, { webhook: "never" });
  await approve(page);
  await expect(page.getByRole("heading", { name: "Your payment is on its way to us" })).toBeVisible();
  await expect
    .poll(async () => (await api.get(`/v1/shows/${show.showId}/hold`)).status(), { timeout: 90_000 })
    .toBe(404);
  await confirm.open();
  await expect(page.getByText(/Your payment arrived after your time had run out/)).toBeVisible({ timeout: 30_000 });
  expect((await bookingsOf(api, show.showId)).map(({ status }) => status)).toEqual(["CONFIRMED"]);
});

test("a payment that comes when somebody else has the seat is given up: nobody is charged", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(503).add(404).add(409);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"], { holdSeconds: HOLD_SECONDS });
  const confirm = await blockConfirm(page);
  await page.goto(checkout);
  await beginToPay(page);
  await arrangeTest(page, { webhook: "never" });
  await approve(page);
  await expect(page.getByRole("heading", { name: "Your payment is on its way to us" })).toBeVisible();
  await takenBy("organizer@demo.frontrow.test", show.showId, "STALLS-B-1");
  await confirm.open();
  await expect(page.getByRole("heading", { name: "You did not get these seats" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/by then somebody else had taken a seat/)).toBeVisible();
  await expect(page.getByText(/You were not charged/).first()).toBeVisible();
  await expectAccessible(page);
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking).toMatchObject({ status: "CANCELLED", cancelReason: "PLACES_LOST" });
});

test("a slow confirmation survives a reload and is followed in another tab", async ({
  page,
  context,
  buyer,
  expected,
}) => {
  expected.statuses.add(503).add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"], { holdSeconds: HOLD_SECONDS });
  await blockConfirm(page);
  await page.goto(checkout);
  await beginToPay(page);
  await arrangeTest(page, { webhook: "late" });
  await approve(page);
  const waiting = page.getByRole("heading", { name: "Your payment is on its way to us" });
  await expect(waiting).toBeVisible();
  await expect(page.getByText(/Do not pay again: nothing is lost/)).toBeVisible();
  await page.reload();
  await expect(waiting.or(page.getByRole("heading", { name: "You are going!" }))).toBeVisible();
  // Who goes back to the checkout is not asked to pay again.
  const other = await context.newPage();
  await other.addInitScript(() => localStorage.setItem("frontrow.signed-in", "1"));
  await other.goto(checkout);
  for (const tab of [page, other]) {
    await expect(tab.getByRole("heading", { name: "You are going!" })).toBeVisible({ timeout: 90_000 });
  }
  expect((await bookingsOf(api, show.showId)).map(({ status }) => status)).toEqual(["CONFIRMED"]);
});

test("seats whose time ran out in the checkout are taken again with one tap", async ({ page, buyer, expected }) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1", "STALLS-B-2"], { holdSeconds: 6 });
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: "Your time ran out" })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Take the same seats again" }).click();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(page.getByText("Stalls · Row B, seat 2")).toBeVisible();
  expect((await api.get(`/v1/shows/${show.showId}/hold`)).status()).toBe(200);
});

test("seats that somebody else took are named, and others are offered", async ({ page, buyer, expected }) => {
  expected.statuses.add(404).add(409);
  const { show, checkout } = await holding(page, buyer, ["STALLS-B-1", "STALLS-B-2"], { holdSeconds: 10 });
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: "Your time ran out" })).toBeVisible({ timeout: 30_000 });
  await takenBy("organizer@demo.frontrow.test", show.showId, "STALLS-B-2");
  await page.getByRole("button", { name: "Take the same seats again" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "This seat went to somebody else" });
  await expect(notice).toContainText("Stalls · Row B, seat 2");
  await expect(notice).not.toContainText("seat 1");
  await expect(page.getByRole("link", { name: "Choose other seats" })).toBeVisible();
});

test("a payment panel closes when the hold ends, and the booking leads back to the seats", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const { checkout } = await holding(page, buyer, ["STALLS-B-1"], { holdSeconds: HOLD_SECONDS });
  await page.goto(checkout);
  await beginToPay(page);
  await expect(page.getByRole("heading", { name: "Your time ran out" })).toBeVisible({ timeout: 90_000 });
  await page.getByRole("link", { name: "See your booking" }).click();
  await expect(page.getByText(/We have seen no payment/)).toBeVisible();
  await page.getByRole("button", { name: "Take the same seat again" }).click();
  await expect(page).toHaveURL(new RegExp(checkout));
  await expect(page.getByRole("timer")).toBeVisible();
});

test("a coupon outlives the time of its seats: taken again, they cost as little", async ({ page, buyer, expected }) => {
  expected.statuses.add(404);
  const wishes = { holdSeconds: 10, price: 100_000 };
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"], wishes);
  await page.goto(checkout);
  await page.getByLabel("Coupon code").fill("WELCOME10");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByTestId("total")).toHaveText("₹1,062");
  await expect(page.getByRole("heading", { name: "Your time ran out" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^Pay/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Take the same seat again" }).click();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(page.getByText("WELCOME10: ₹100 off")).toBeVisible();
  await expect(page.getByTestId("total")).toHaveText("₹1,062");
  expect((await api.get(`/v1/shows/${show.showId}/hold`)).status()).toBe(200);
});

test("seats whose time ran out at the payment are taken again with one tap, and paid once", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-B-1"], { holdSeconds: HOLD_SECONDS });
  await page.goto(checkout);
  await beginToPay(page);
  await expect(page.getByRole("heading", { name: "Your time ran out" })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take the same seat again" }).click();
  await expect(page.getByRole("timer")).toBeVisible();
  await beginToPay(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const bookings = await bookingsOf(api, show.showId);
  expect(bookings.filter(({ status }) => status === "CONFIRMED")).toHaveLength(1);
  expect(
    bookings.filter(({ payment }) => payment?.status === "CAPTURED" || payment?.status === "AUTHORIZED").length,
  ).toBeLessThanOrEqual(1);
});
