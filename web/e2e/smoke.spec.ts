import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";

test("an address that leads nowhere says so, in both languages", async ({ page }) => {
  await page.goto("/no/such/row");
  await expect(page.getByRole("heading", { name: "This row does not exist" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel("Language").selectOption("hi");
  await expect(page.getByRole("heading", { name: "यह कतार नहीं है" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "hi-IN");
});

test("whoever signed in is signed in after a reload", async ({ page, buyer }) => {
  await signIn(page, buyer);
  await page.goto("/no/such/row");
  await expect(page.getByRole("link", { name: "My tickets" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "My tickets" })).toBeVisible();
});
