import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./journey";
import { apiAs, ok } from "./stage";

/** `FRONTROW_SCREENSHOTS=docs/screenshots npm run e2e -- screenshots` renews those of the README. */
const FOLDER = process.env.FRONTROW_SCREENSHOTS ?? "test-results/screenshots";

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}/${name}.jpg`, type: "jpeg", quality: 86, animations: "disabled" });
}

/** An event of the demo by its title, with the show that comes first. */
async function demoEvent(title: string, search: string): Promise<{ eventId: string; showId: string }> {
  const api = await apiAs();
  const { items } = await ok<{ items: { eventId: string; title: string }[] }>(
    api.get(`/v1/events?limit=100&${search}`),
  );
  const eventId = items.find((event) => event.title === title)?.eventId ?? "";
  const { shows } = await ok<{ shows: { showId: string }[] }>(api.get(`/v1/events/${eventId}`));
  await api.dispose();
  return { eventId, showId: shows[0]?.showId ?? "" };
}

test("the first page", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("article")).toHaveCount(6);
  await expect(page.locator("img").first()).toHaveJSProperty("complete", true);
  await picture(page, "home");
});

test("a stadium of 50,000 on a map", async ({ page }) => {
  const { showId } = await demoEvent("Samudra T20 Final", "category=SPORTS");
  await page.goto(`/shows/${showId}?party=2`);
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await expect(page.locator("canvas").first()).toBeVisible();
  await picture(page, "stadium");
});

test("seats held on the map, on a phone in the dark", async ({ page, buyer, expected }) => {
  // The buyer holds nothing at first.
  expected.statuses.add(404);
  const { showId } = await demoEvent("Aunty Sets the Agenda", "category=COMEDY");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}?party=2`);
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await page.getByRole("button", { name: /^Best \d available seats$/ }).click();
  await expect(page.getByRole("timer")).toBeVisible();
  await picture(page, "held-phone-dark");
});

test("checkout and ticket", async ({ page, buyer }) => {
  const { showId } = await demoEvent("An Evening of Raga Yaman", "category=CONCERT");
  const api = await apiAs(buyer);
  await ok(api.post(`/v1/shows/${showId}/hold`, { data: { quantity: 2 } }));
  await api.dispose();
  await signIn(page, buyer);
  await page.goto(`/shows/${showId}/checkout`);
  await expect(page.getByRole("button", { name: /^Pay / })).toBeVisible();
  await picture(page, "checkout");
  await page.getByRole("button", { name: /^Pay / }).click();
  await page.getByRole("button", { name: /^Approve / }).click();
  await expect(page).toHaveURL(/\/bookings\/book_/);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/tickets");
  await page.getByRole("link", { name: /Valid/ }).first().click();
  await expect(page.getByRole("img", { name: /^Code to scan/ }).first()).toBeVisible();
  await picture(page, "ticket-phone");
});
