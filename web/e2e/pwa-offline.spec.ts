import { expect, signIn, test } from "./journey";
import { buy } from "./purchase";
import { expectScannable } from "./qr";
import { apiAs, ok, stageShow } from "./stage";

test.use({ serviceWorkers: "allow" });
test.describe.configure({ timeout: 120_000 });

test("without a network the app starts, and the ticket on the device opens the door", async ({
  page,
  context,
  buyer,
  expected,
}) => {
  expected.offline = true;
  const show = await stageShow();
  const api = await apiAs(buyer);
  const { tickets } = await buy(api, show.showId, ["STALLS-A-1"]);
  await ok(api.post("/_local/streams/idle"));
  const { code } = await ok<{ code: string }>(api.get(`/v1/tickets/${tickets[0]?.ticketId}`));
  await signIn(page, buyer);
  await page.goto("/tickets");
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The worker serves the page from the next start on.
  await page.reload();
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  expect(await page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);

  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("You are offline. Your tickets and the door still work.")).toBeVisible();
  await expect(page.getByText(/^As of /)).toBeVisible();
  await page
    .locator("section", { hasText: show.title })
    .getByRole("link", { name: /Row A, seat 1/ })
    .click();
  await expectScannable(page, code);
  await expect(page.getByText(/^As of /)).toBeVisible();
  await page.reload();
  await expectScannable(page, code);

  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/^As of /)).toHaveCount(0);
});

test("the worker keeps the pages and the pictures, and never an answer of the API", async ({ page, buyer }) => {
  await signIn(page, buyer);
  await page.goto("/events");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto("/bookings");
  await expect(page.getByRole("heading", { name: "My bookings" })).toBeVisible();
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain("/index.html");
  expect(kept).toContain("/config.json");
  expect(kept.filter((path) => /^\/(v1|_local)\//.test(path))).toEqual([]);
  expect(kept.filter((path) => /\.(wasm|map)$/.test(path))).toEqual([]);
});

test("the app can be put on a home screen", async ({ page }) => {
  const manifest = await (await page.request.get("/manifest.webmanifest")).json();
  expect(manifest).toMatchObject({ name: "Frontrow", display: "standalone", start_url: "/" });
  for (const { src, sizes, type } of manifest.icons as { src: string; sizes: string; type: string }[]) {
    const icon = await page.request.get(src);
    expect(icon.headers()["content-type"]).toContain(type);
    if (type === "image/png")
      expect(`${(await icon.body()).readUInt32BE(16)}x${(await icon.body()).readUInt32BE(20)}`).toBe(sizes);
  }
  await page.goto("/no/such/row");
  await expect(page.locator('link[rel="manifest"]')).toHaveAttribute("href", "/manifest.webmanifest");
});
