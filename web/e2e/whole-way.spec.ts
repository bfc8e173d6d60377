import type { Locator, Page } from "@playwright/test";
import { expect, signIn, test } from "./journey";

/** More stops than this between two things on a page are too many for anybody. */
const STOPS_MAX = 60;

/** Goes on with Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target, `reached within ${STOPS_MAX} stops`).toBeFocused();
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

test("from the first page to a ticket with the keyboard alone", async ({ page, buyer, expected }) => {
  test.setTimeout(120_000);
  // The buyer holds nothing at first.
  expected.statuses.add(404);
  await signIn(page, buyer);
  await page.goto("/");
  const card = page.getByRole("article").first().getByRole("link");
  const title = (await card.textContent()) ?? "";
  await press(page, card);

  await expect(page.getByRole("heading", { level: 1, name: title })).toBeFocused();
  await press(page, page.getByRole("link", { name: /^Choose seats, / }).first());

  await expect(page).toHaveURL(/\/shows\/show_/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await press(page, page.getByRole("button", { name: "2 people" }));
  await press(page, page.getByRole("button", { name: /^Best \d available seats$/ }));
  await press(page, page.getByRole("link", { name: "Go on to checkout" }));

  await expect(page).toHaveURL(/\/checkout$/);
  await press(page, page.getByRole("button", { name: /^Pay / }));
  await press(page, page.getByRole("button", { name: /^Approve / }));

  await expect(page).toHaveURL(/\/bookings\/book_/);
  await press(
    page,
    page
      .locator("main")
      .getByRole("link", { name: /Row \w+, seat \d+/ })
      .first(),
  );
  await expect(page).toHaveURL(/\/tickets\/tick_/);
  await expect(page.getByRole("img", { name: /^Code to scan/ }).first()).toBeVisible();
});
