import { readFile } from "node:fs/promises";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { buy } from "./purchase";
import { expectScannable } from "./qr";
import { apiAs, ok, stageShow } from "./stage";

test("tickets of one booking are turned over, each with its own code, on white from edge to edge", async ({
  page,
  buyer,
}) => {
  const show = await stageShow();
  const api = await apiAs(buyer);
  const { tickets } = await buy(api, show.showId, ["STALLS-A-1", "STALLS-A-2"]);
  await ok(api.post("/_local/streams/idle"));
  const codes = await Promise.all(
    tickets.map(async ({ ticketId }) => (await ok<{ code: string }>(api.get(`/v1/tickets/${ticketId}`))).code),
  );
  await signIn(page, buyer);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/tickets");
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page
    .locator("section", { hasText: show.title })
    .getByRole("link", { name: /Row A, seat 1/ })
    .click();
  await expectScannable(page, codes[0] ?? "");

  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Show full screen" }).click();
  await expectScannable(page, codes[0] ?? "");
  await expect(page.getByTestId("full-screen")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await page.getByRole("button", { name: "Next ticket" }).last().click();
  await expect(page.getByTestId("full-screen")).toContainText("seat 2");
  await expectScannable(page, codes[1] ?? "");
  await page.keyboard.press("Escape");

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PDF" }).click();
  expect((await readFile(await (await saved).path())).subarray(0, 5).toString()).toBe("%PDF-");
});

test("a ticket whose booking was called off is not valid any more, here and on the device", async ({
  page,
  buyer,
  expected,
}) => {
  expected.statuses.add(404);
  const show = await stageShow();
  const api = await apiAs(buyer);
  const { bookingId } = await buy(api, show.showId, ["STALLS-A-1"]);
  await ok(api.post("/_local/streams/idle"));
  await signIn(page, buyer);
  await page.goto("/tickets");
  await page
    .locator("section", { hasText: show.title })
    .getByRole("link", { name: /Row A, seat 1/ })
    .click();
  await expect(page.getByTestId("qr")).toBeVisible();
  await ok(api.post(`/v1/bookings/${bookingId}/cancel`));
  await ok(api.post("/_local/streams/idle"));
  await page.reload();
  await expect(page.getByText("Not valid", { exact: true })).toBeVisible();
  await expect(page.getByTestId("qr")).toHaveCount(0);
  await page.goto("/tickets");
  await expect(page.getByRole("heading", { name: "My tickets" })).toBeVisible();
  await expect(page.getByRole("heading", { name: show.title })).toHaveCount(0);
});

test("who signs out leaves no ticket on the device", async ({ page, buyer }) => {
  const show = await stageShow();
  const api = await apiAs(buyer);
  await buy(api, show.showId, ["STALLS-A-1"]);
  await ok(api.post("/_local/streams/idle"));
  await signIn(page, buyer);
  await page.goto("/tickets");
  await expect(page.getByRole("heading", { name: show.title })).toBeVisible();
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open("frontrow.tickets");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction("tickets").objectStore("tickets").count();
            counting.onsuccess = () => resolve(counting.result);
          };
        }),
    );
  expect(await kept()).toBeGreaterThan(0);
  // What another tab says when somebody signs out there.
  await page.evaluate(() => new BroadcastChannel("frontrow.session").postMessage("signed-out"));
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(kept).toBe(0);
});
