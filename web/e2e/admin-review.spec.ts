import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { ADMIN, ORGANIZER, ownEvent, stageDraft } from "./organizer-stage";
import { apiAs, ok } from "./stage";

test("the queue and the review are usable by everybody, on phones too", async ({ page }) => {
  const { title } = await stageDraft({ submit: true });
  await signIn(page, ADMIN);
  await page.goto("/admin");
  await expect(page.getByRole("link", { name: new RegExp(title) })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: new RegExp(title) }).click();
  await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("another admin was faster: that is said, and the event is shown as it is now", async ({ page, expected }) => {
  expected.statuses.add(409);
  const { eventId } = await stageDraft({ submit: true });
  await signIn(page, ADMIN);
  await page.goto(`/admin/events/${eventId}`);
  await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  const other = await apiAs(ADMIN);
  await ok(other.post(`/v1/events/${eventId}/reject`, { data: { reason: "Too short." } }));
  await other.dispose();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Somebody else has decided")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  expect(await ownEvent(eventId)).toMatchObject({ status: "DRAFT", approved: false, rejection: "Too short." });
});

test("an empty queue says so; a queue that cannot be read offers to try again", async ({ page, expected }) => {
  expected.statuses.add(403);
  await signIn(page, ADMIN);
  await page.route("**/v1/organizer/events?*", (route) => route.fulfill({ json: { items: [] } }));
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
  await page.unroute("**/v1/organizer/events?*");
  await page.route("**/v1/organizer/events?*", (route) =>
    route.fulfill({ status: 403, json: { type: "/problems/forbidden", title: "You may not do this", status: 403 } }),
  );
  await page.reload();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("organizers are not let in, buyers neither; who is signed out signs in first", async ({
  page,
  buyer,
  browser,
}) => {
  await signIn(page, ORGANIZER);
  await page.goto("/admin");
  await expect(page.getByText("This is not for your account").first()).toBeVisible();
  const second = await browser.newContext();
  const other = await second.newPage();
  await signIn(other, buyer);
  await other.goto(`${new URL(page.url()).origin}/organizer`);
  await expect(other.getByText("This is not for your account").first()).toBeVisible();
  await second.close();
  const third = await browser.newContext();
  const stranger = await third.newPage();
  await stranger.goto(`${new URL(page.url()).origin}/organizer/events/new`);
  await expect(stranger).toHaveURL(/\/sign-in\?next=%2Forganizer%2Fevents%2Fnew/);
  await third.close();
});

test("an organizer without an organization is told what to do", async ({ page, expected }) => {
  expected.statuses.add(403);
  await signIn(page, ORGANIZER);
  await page.route("**/v1/organizer/events?*", (route) =>
    route.fulfill({ status: 403, json: { type: "/problems/forbidden", title: "You may not do this", status: 403 } }),
  );
  await page.goto("/organizer");
  await expect(page.getByRole("heading", { name: "Your account belongs to no organization" })).toBeVisible();
  await page.unroute("**/v1/organizer/events?*");
  await page.reload();
  await page.getByLabel("Status").selectOption("PUBLISHED");
  await expect(page).toHaveURL(/status=PUBLISHED/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
