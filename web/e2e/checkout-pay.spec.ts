import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./journey";
import { approve, beginToPay, bookingsOf, holding } from "./purchase";
import { expectScannable } from "./qr";
import { ok } from "./stage";

test("held seats are paid at the sandbox, and the ticket's picture says what the door reads", async ({
  page,
  buyer,
}) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1", "STALLS-A-2"]);
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  await expect(page.getByText("Stalls · Row A, seat 1")).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  await beginToPay(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking?.status).toBe("CONFIRMED");
  expect(page.url()).toContain(`/bookings/${booking?.bookingId}`);

  await page.getByRole("link", { name: /Row A, seat 2/ }).click();
  await expect(page.getByTestId("qr")).toBeVisible();
  const ticket = booking?.tickets.find(({ seat }) => seat === "STALLS-A-2");
  const { code } = await ok<{ code: string }>(api.get(`/v1/tickets/${ticket?.ticketId}`));
  await expectScannable(page, code);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectScannable(page, code);
});

test("every step from the hold to the ticket is accessible, and fits on small phones", async ({ page, buyer }) => {
  test.setTimeout(240_000);
  const { checkout } = await holding(page, buyer, ["STALLS-A-1", "STALLS-A-2"]);
  const check = async () => {
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  };
  await page.goto(checkout);
  await expect(page.getByRole("timer")).toBeVisible();
  await check();
  await beginToPay(page);
  await check();
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("Your bank declined the payment")).toBeVisible();
  await check();
  await page.getByRole("button", { name: /^Try again: pay ₹/ }).click();
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  await check();
  await page.getByRole("link", { name: /Row A, seat 2/ }).click();
  await expect(page.getByTestId("qr")).toBeVisible();
  await check();
});

test("a coupon is previewed, refused in words of its own, and lowers what is paid", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(422);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"], { price: 100_000 });
  await page.goto(checkout);
  await expect(page.getByTestId("total")).toHaveText("₹1,180");
  await page.getByLabel("Coupon code").fill("NOSUCHCODE");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("There is no such coupon for this show")).toBeVisible();
  await expect(page.getByTestId("total")).toHaveText("₹1,180");

  await page.getByLabel("Coupon code").fill("welcome10");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("WELCOME10: ₹100 off")).toBeVisible();
  await expect(page.getByTestId("total")).toHaveText("₹1,062");
  await page.getByRole("button", { name: "Remove the coupon" }).click();
  await expect(page.getByTestId("total")).toHaveText("₹1,180");
  await page.getByLabel("Coupon code").fill("WELCOME10");
  await page.getByLabel("Coupon code").press("Enter");
  await expect(page.getByRole("button", { name: "Pay ₹1,062" })).toBeVisible();

  await beginToPay(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking?.quote.total.amount).toBe(106_200);
});

test("who is declined pays at the second try, for one booking", async ({ page, buyer }) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  await page.goto(checkout);
  await beginToPay(page);
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("Your bank declined the payment")).toBeVisible();
  const [declined] = await bookingsOf(api, show.showId);
  await page.getByRole("button", { name: /^Try again: pay ₹/ }).click();
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const bookings = await bookingsOf(api, show.showId);
  expect(bookings.map(({ bookingId, status }) => [bookingId, status])).toEqual([[declined?.bookingId, "CONFIRMED"]]);
});

test("two taps on the pay button are one booking and one payment", async ({ page, buyer }) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  const keys: (string | undefined)[] = [];
  const confirmed: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "POST") return;
    if (request.url().endsWith("/v1/bookings")) keys.push(request.headers()["idempotency-key"]);
    if (request.url().includes("/v1/sandbox/")) confirmed.push(request.url());
  });
  await page.goto(checkout);
  await page.getByRole("button", { name: /^Pay ₹/ }).dblclick();
  await expect(page.getByText("Frontrow test bank")).toBeVisible();
  await page.getByRole("button", { name: /^Approve/ }).dblclick();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(keys).toHaveLength(1);
  expect(keys[0]).toBeTruthy();
  expect(confirmed).toHaveLength(1);
  expect(await bookingsOf(api, show.showId)).toHaveLength(1);
});

test("what costs nothing is booked without a payment, and back does not lead to a payment that is done", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"], { price: 0 });
  await page.goto("/bookings");
  await page.goto(checkout);
  await page.getByRole("button", { name: "Book for free" }).click();
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking?.status).toBe("CONFIRMED");

  await page.goBack();
  await expect(page).toHaveURL(/\/bookings$/);
  await page.goto(checkout);
  await expect(page).toHaveURL(new RegExp(`/bookings/${booking?.bookingId}$`));
});

test("who gives the seats back holds nothing, and a payment that was begun comes to nothing", async ({
  page,
  buyer,
}) => {
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-A-1"]);
  await page.goto(checkout);
  await beginToPay(page);
  await page.getByRole("button", { name: "Give the seat back" }).click();
  await expect(page).toHaveURL(new RegExp(`/shows/${show.showId}$`));
  expect((await api.get(`/v1/shows/${show.showId}/hold`)).status()).toBe(404);
  const [booking] = await bookingsOf(api, show.showId);
  expect(booking).toMatchObject({ status: "CANCELLED", cancelReason: "OWNER" });
});
