import { expect, signIn, test, watchConsole } from "./journey";
import { ADMIN, ORGANIZER, ownEvent, pickVenue, picture, stageDraft, wallClock } from "./organizer-stage";
import { apiAs, cloudUrl } from "./stage";

test("an event is written, handed in, approved, put on sale, and found by a buyer who is not signed in", async ({
  page,
  browser,
  expected,
}) => {
  test.setTimeout(120_000);
  const title = `Journey opera ${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, ORGANIZER);
  await page.goto("/organizer");
  await page.getByRole("link", { name: "New event" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill("Four acts, two intervals, one storm.");
  await page.getByLabel("Category").selectOption("THEATER");
  await page.getByLabel("Tags").fill("opera, storm");
  await pickVenue(page, 1, "coromandel", "Coromandel Concert Hall");
  const show = page.getByRole("group", { name: "Show 1" });
  await show.getByLabel("Begins").fill(wallClock(20));
  const prices = show.getByRole("group", { name: "Prices in INR" }).getByRole("textbox");
  for (const price of await prices.all()) await price.fill("1,000.50");
  await expect(show.getByText("Buyers pay ₹1,180.59 in all").first()).toBeVisible();
  await show.getByText("Repeat this show").click();
  await show.getByRole("button", { name: "Add them" }).click();
  await expect(page.getByRole("group", { name: "Show 2" }).getByLabel("Begins")).toHaveValue(wallClock(21));

  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const eventId = page.url().split("/").at(-1) ?? "";
  await expect(page.locator('[data-step="image"]')).toHaveAttribute("data-done", "false");

  await page
    .getByTestId("image-file")
    .setInputFiles({ name: "poster.png", mimeType: "image/png", buffer: await picture(page, 1200, 900) });
  const dialog = page.getByRole("dialog", { name: "Choose what is shown" });
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(dialog.getByText("Please say what it shows.")).toBeVisible();
  await dialog.getByLabel("What the picture shows").fill("A stage in a storm");
  await dialog.getByLabel("Nearer").fill("2");
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(dialog).toBeHidden();
  const poster = page.locator("#images").getByRole("img", { name: "A stage in a storm" });
  await expect(poster).toBeVisible();
  const size = await poster.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth / image.naturalHeight;
  });
  expect(size).toBeCloseTo(16 / 9, 1);
  await expect(page.locator('[data-step="image"]')).toHaveAttribute("data-done", "true");

  let submits = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/submit")) submits += 1;
  });
  await page.getByRole("button", { name: "Hand in for approval" }).dblclick();
  await expect(page.getByText("It waits for approval.")).toBeVisible();
  expect(submits).toBe(1);

  const adminContext = await browser.newContext({ baseURL: cloudUrl() });
  const admin = await adminContext.newPage();
  const adminErrors = watchConsole(admin, expected);
  await signIn(admin, ADMIN);
  await admin.goto("/admin");
  await admin.getByRole("link", { name: new RegExp(title) }).click();
  await expect(admin.getByRole("heading", { level: 2, name: title })).toBeVisible();
  await expect(admin.getByText("Four acts, two intervals, one storm.")).toBeVisible();
  await expect(admin.getByRole("img", { name: "A stage in a storm" }).first()).toBeVisible();
  await expect(admin.getByText("₹1,180.59 in all").first()).toBeVisible();
  await admin.getByRole("button", { name: "Approve" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Approvals" })).toBeVisible();
  await expect(admin.getByRole("link", { name: new RegExp(title) })).toHaveCount(0);
  expect(adminErrors).toEqual([]);
  await adminContext.close();

  await page.reload();
  await page.getByRole("button", { name: "Put on sale" }).click();
  await expect(page.getByText("On sale", { exact: true }).first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("heading", { name: "Sales at a glance" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Put on sale" })).toHaveCount(0);

  const anyone = await apiAs();
  const found = await anyone.get(`/v1/events/${eventId}`);
  expect(found.status()).toBe(200);
  const seen = (await found.json()) as { title: string; shows: unknown[]; images: { alt: string }[] };
  expect([seen.title, seen.shows.length, seen.images[0]?.alt]).toEqual([title, 2, "A stage in a storm"]);
  const stranger = await browser.newPage();
  expect((await stranger.goto(`${cloudUrl()}/events/${eventId}`))?.status()).toBe(200);
  await stranger.close();
  await anyone.dispose();
});

test("what was handed back says why, is changed, and is handed in again", async ({ page, browser }) => {
  const { eventId, title } = await stageDraft({ submit: true });
  const adminContext = await browser.newContext({ baseURL: cloudUrl() });
  const admin = await adminContext.newPage();
  await signIn(admin, ADMIN);
  await admin.goto(`/admin/events/${eventId}`);
  await admin.getByRole("button", { name: "Hand back" }).click();
  await admin.getByRole("button", { name: "Hand it back" }).click();
  await expect(admin.getByText("Please give a reason.")).toBeVisible();
  await admin.getByLabel("What to do better").fill("Say who plays.");
  await admin.getByRole("button", { name: "Hand it back" }).click();
  await expect(admin.getByRole("link", { name: new RegExp(title) })).toHaveCount(0);
  await adminContext.close();
  expect(await ownEvent(eventId)).toMatchObject({ status: "DRAFT", rejection: "Say who plays." });

  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${eventId}`);
  await expect(page.getByText("Say who plays.")).toBeVisible();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Description").fill("With Asha Rao and the Nagpur players.");
  await expect(page.getByTestId("save-state")).toHaveAttribute("data-state", "saved");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Hand in for approval" }).click();
  await expect(page.getByText("It waits for approval.")).toBeVisible();
  expect(await ownEvent(eventId)).toMatchObject({ status: "SUBMITTED", approved: false });
});
