import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { ORGANIZER, ownEvent, pickVenue, stageDraft, wallClock } from "./organizer-stage";

const state = "save-state";

test("a new event outlives a reload, and leaving it asks first", async ({ page }) => {
  await signIn(page, ORGANIZER);
  await page.goto("/organizer/events/new");
  await page.getByLabel("Title").fill("Half a thought");
  await pickVenue(page, 1, "coromandel", "Coromandel Concert Hall");
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "device");
  await page.reload();
  await expect(page.getByText("We kept what you had typed here")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Half a thought");
  await expect(page.getByRole("button", { name: /Coromandel Concert Hall/ })).toBeVisible();

  await page.getByRole("link", { name: "Organizer", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Half a thought");
  await page.getByRole("link", { name: "Organizer", exact: true }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Organizer" })).toBeVisible();
  await page.getByRole("link", { name: "New event" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Half a thought");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("");
});

test("what is wrong is marked at its field, and nothing that was typed is lost", async ({ page, expected }) => {
  expected.statuses.add(400);
  await signIn(page, ORGANIZER);
  await page.goto("/organizer/events/new");
  await page.getByLabel("Description").fill("It has no title yet.");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Title")).toBeFocused();
  await expect(page.getByText("Choose where it is.")).toBeVisible();

  await page.getByLabel("Title").fill("Now it has one");
  await pickVenue(page, 1, "coromandel", "Coromandel Concert Hall");
  const show = page.getByRole("group", { name: "Show 1" });
  const begins = show.getByLabel("Begins");
  await begins.fill("2020-01-01T19:00");
  const prices = show.getByRole("group", { name: "Prices in INR" }).getByRole("textbox");
  await prices.first().fill("a lot");
  await expect(prices.first()).toHaveAttribute("aria-invalid", "true");
  await expect(begins).toHaveAttribute("aria-invalid", "true");
  await expect(show.getByText("That is over already.")).toBeVisible();
  for (const price of await prices.all()) await price.fill("450");
  await begins.fill(wallClock(12));
  await expect(begins).not.toHaveAttribute("aria-invalid", "true");

  // What only the server finds wrong lands at its field too.
  await page.route("**/v1/events", (route) =>
    route.fulfill({
      status: 400,
      contentType: "application/problem+json",
      json: {
        type: "/problems/invalid-request",
        title: "The request is not valid",
        status: 400,
        errors: [{ pointer: "/shows/0/holdSeconds", detail: "must be 2 to 1800" }],
      },
    }),
  );
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(show.getByText("must be 2 to 1800")).toBeVisible();
  await expect(show.getByLabel("Minutes to pay")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Description")).toHaveValue("It has no title yet.");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.unroute("**/v1/events");
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/v1/events")) sent += 1;
  });
  await show.getByLabel("Minutes to pay").fill("9");
  await page.getByRole("button", { name: "Save draft" }).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Now it has one" })).toBeVisible();
  expect(sent).toBe(1);
});

test.describe("in a browser in New York", () => {
  test.use({ timezoneId: "America/New_York" });

  test("times are the venue's: half past seven in London in January is half past seven UTC, in July half past six", async ({
    page,
  }) => {
    const { eventId, venue } = await stageDraft({ timeZone: "Europe/London" });
    const year = new Date().getUTCFullYear() + 1;
    await signIn(page, ORGANIZER);
    await page.goto(`/organizer/events/${eventId}/edit`);
    const show = page.getByRole("group", { name: "Show 1" });
    await expect(show.getByText(venue.name)).toBeVisible();
    await show.getByLabel("Begins").fill(`${year}-01-15T19:30`);
    await expect(show.getByText(/On the clocks of Nagpur/).first()).toBeVisible();
    await expect(show.getByText(/15 Jan, 2:30\spm your time/)).toBeVisible();
    await expect(page.getByTestId(state)).toHaveAttribute("data-state", "saved");
    await expect.poll(async () => (await ownEvent(eventId)).shows[0]?.startsAt).toBe(`${year}-01-15T19:30:00Z`);
    await show.getByLabel("Begins").fill(`${year}-07-15T19:30`);
    await expect.poll(async () => (await ownEvent(eventId)).shows[0]?.startsAt).toBe(`${year}-07-15T18:30:00Z`);
    await page.reload();
    await expect(show.getByLabel("Begins")).toHaveValue(`${year}-07-15T19:30`);
  });
});

test("a draft saves itself; what could not be sent is kept here and sent later", async ({ page, expected }) => {
  expected.offline = true;
  const { eventId } = await stageDraft();
  await signIn(page, ORGANIZER);
  await page.goto(`/organizer/events/${eventId}/edit`);
  let patches = 0;
  page.on("request", (request) => {
    if (request.method() === "PATCH") patches += 1;
  });
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "saved");
  await page.getByLabel("Title").fill("A better title");
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "waiting");
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "saved");
  expect(patches, "one request for all that was typed").toBe(1);
  expect((await ownEvent(eventId)).title).toBe("A better title");

  await page.context().setOffline(true);
  await page.getByLabel("Description").fill("Typed in a tunnel.");
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "failed");
  await expect(page.getByText("No connection")).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "saved");

  await page.getByLabel("Title").fill("");
  await expect(page.getByTestId(state)).toHaveAttribute("data-state", "unfinished");
  await page.reload();
  await expect(page.getByText("Changes that were not saved are back")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("");
  await page.getByRole("button", { name: "Discard them" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("A better title");
  await expect(page.getByLabel("Description")).toHaveValue("Typed in a tunnel.");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("a venue that nobody has described yet is described on the way", async ({ page }) => {
  const name = `Tin Shed ${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, ORGANIZER);
  await page.goto("/organizer/events/new");
  await page.getByRole("button", { name: "Choose a venue" }).click();
  await page.getByRole("button", { name: "New venue" }).click();
  const dialog = page.getByRole("dialog", { name: "New venue" });
  await dialog.getByRole("button", { name: "Create venue" }).click();
  await expect(dialog.getByText("Please fill this in.")).toHaveCount(3);
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel("City").fill("Nashik");
  await dialog.getByLabel("Street and number").fill("3 Test Lane");
  await dialog.getByLabel("Time zone").fill("Asia/Kolkata");
  await dialog.getByLabel("Region").fill("IN-MH");
  await dialog.getByLabel("What people call it").fill("Stalls");
  await dialog.getByLabel("Rows").fill("A-C x 10, D x 8");
  await expect(dialog.getByText("4 rows, 38 seats")).toBeVisible();
  await dialog.getByRole("button", { name: "Add a section" }).click();
  const second = dialog.getByRole("group", { name: "Section 2" });
  await second.getByLabel("What people call it").fill("Floor");
  await second.getByLabel("Price level").fill("floor");
  await second.getByLabel("People", { exact: true }).selectOption("standing");
  await second.getByLabel("Places").fill("50");
  await expect(dialog.getByText("88 places")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await dialog.getByRole("button", { name: "Create venue" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: new RegExp(`${name}, Nashik`) })).toBeVisible();
  await expect(page.getByLabel("STANDARD")).toBeVisible();
  await expect(page.getByLabel("FLOOR")).toBeVisible();
});
