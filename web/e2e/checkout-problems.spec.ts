import { expect, test } from "./journey";
import { approve, beginToPay, bookingsOf, holding } from "./purchase";

const problem = (status: number, slug: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: `/problems/${slug}`, title: slug, status }),
});

test("a token that ran out in the middle is renewed, and nobody notices", async ({ page, buyer, expected }) => {
  expected.statuses.add(401);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-C-1"]);
  await page.goto(checkout);
  await page.route("**/v1/bookings", (route) => route.fulfill(problem(401, "unauthenticated")), { times: 1 });
  await beginToPay(page);
  await approve(page);
  await expect(page.getByRole("heading", { name: "You are going!" })).toBeVisible();
  expect(await bookingsOf(api, show.showId)).toHaveLength(1);
});

test("who is signed out in the middle signs in and comes back to the same seats", async ({ page, buyer, expected }) => {
  expected.statuses.add(401);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-C-1"]);
  await page.goto(checkout);
  await expect(page.getByRole("button", { name: /^Pay ₹/ })).toBeVisible();
  await page.route("**/v1/bookings", (route) => route.fulfill(problem(401, "unauthenticated")));
  await page.route("**/v1/auth/refresh", (route) => route.fulfill(problem(401, "unauthenticated")));
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(checkout)}`);
  expect((await api.get(`/v1/shows/${show.showId}/hold`)).status()).toBe(200);
});

test("what fails in passing is tried again under the same key, so that it is done once", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(503);
  expected.offline = true;
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-C-1"]);
  await page.goto(checkout);
  const keys = new Set<string | undefined>();
  let tries = 0;
  await page.route("**/v1/bookings", async (route) => {
    keys.add(route.request().headers()["idempotency-key"]);
    tries += 1;
    // Done, but nobody hears of it; then a server that is busy; then all is well.
    if (tries === 1) {
      await route.fetch();
      return route.abort();
    }
    return tries === 2 ? route.fulfill(problem(503, "contended", { "retry-after": "1" })) : route.continue();
  });
  await page.getByRole("button", { name: /^Pay ₹/ }).click();
  await expect(page.getByText("No connection")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Very busy right now")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Frontrow test bank")).toBeVisible();
  expect(tries).toBe(3);
  expect(keys.size).toBe(1);
  expect(await bookingsOf(api, show.showId)).toHaveLength(1);
});

for (const { status, slug, words } of [
  { status: 402, slug: "payment-refused", words: "The payment was not accepted" },
  { status: 409, slug: "sales-closed", words: "Not on sale" },
  { status: 410, slug: "hold-expired", words: "Your time ran out" },
  { status: 422, slug: "seat-limit", words: "More seats than one person may have" },
  { status: 429, slug: "too-many-requests", words: "Too many tries" },
]) {
  test(`${status} ${slug} is told in words when a payment is begun`, async ({ page, buyer, expected }) => {
    expected.statuses.add(status).add(404);
    const { checkout } = await holding(page, buyer, ["STALLS-C-1"]);
    await page.goto(checkout);
    await page.route("**/v1/bookings", (route) => route.fulfill(problem(status, slug)));
    await page.getByRole("button", { name: /^Pay ₹/ }).click();
    await expect(page.getByText(words)).toBeVisible();
  });
}

test("who holds nothing is led to the seats", async ({ page, buyer, expected }) => {
  expected.statuses.add(404);
  const { show, api, checkout } = await holding(page, buyer, ["STALLS-C-1"]);
  await api.delete(`/v1/shows/${show.showId}/hold`);
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: "You hold no seats for this show" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Choose other seats" })).toHaveAttribute("href", `/shows/${show.showId}`);
});
