import { createHmac, randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./journey";
import { apiAs, cloudUrl, ok, PASSWORD } from "./stage";

const newAddress = () => `asha.${randomUUID().slice(0, 8)}@example.org`;

/** The code of the newest mail to this address. The stand-in for Cognito always mails the same ones, so the inbox says which they are. */
async function mailedCode(page: Page, email: string, kind: "confirm" | "resetPassword"): Promise<string> {
  let code = "";
  await expect
    .poll(async () => {
      const { codes, items } = (await (await page.request.get(`${cloudUrl()}/_local/mail`)).json()) as {
        codes: Record<string, string>;
        items: unknown[];
      };
      const mail = items.findLast((item) => JSON.stringify(item).includes(email));
      code = /(?<!\d)\d{6}(?!\d)/.exec(mail ? JSON.stringify(mail) : "")?.[0] ?? codes[kind] ?? "";
      return code;
    })
    .toMatch(/^\d{6}$/);
  return code;
}

/** RFC 6238, as authenticators count. */
function totp(secret: string, at = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=]/g, "")].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function fillSignIn(page: Page, email: string, password: string) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
}

/** An account without its clicks. */
async function account(confirmed = true): Promise<string> {
  const email = newAddress();
  const api = await apiAs();
  await ok(api.post("/v1/auth/sign-up", { data: { email, password: PASSWORD, name: "Asha Rao" } }));
  if (confirmed) await ok(api.post("/v1/auth/confirm", { data: { email, code: "123456" } }));
  await api.dispose();
  return email;
}

test("somebody makes an account, adds a second step, and signs in with it", async ({ page, expected }) => {
  test.slow();
  expected.statuses.add(400);
  const email = newAddress();
  await page.goto("/sign-in?next=%2Fprofile");
  await page.getByRole("link", { name: "Make an account" }).click();
  await expect(page.getByRole("heading", { name: "Make an account" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByText("Type a name of up to 100 characters.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill("Asha Rao");
  await page.getByLabel("E-mail address").fill(email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("curtain");
  await expect(page.getByRole("listitem").filter({ hasText: "a small letter" })).toContainText("done");
  await expect(page.getByRole("listitem").filter({ hasText: "a digit" })).toContainText("still missing");
  await password.fill("Curtain-rises-8");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Make the account" }).click();

  await expect(page.getByText(`We mailed a code to ${email}.`)).toBeVisible();
  await expect(page.getByRole("button", { name: /New code in/ })).toBeDisabled();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel("Six-digit code").fill("000000");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByText("The code is wrong or has run out")).toBeVisible();
  const code = await mailedCode(page, email, "confirm");
  await page.getByLabel("Six-digit code").fill(`${code.slice(0, 3)} ${code.slice(3)} `);
  await page.getByRole("button", { name: "Confirm", exact: true }).click();

  // Signed in with the password that is still in memory, and on to where they were going.
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.getByRole("heading", { name: "Your profile" })).toBeVisible();
  await page.getByRole("button", { name: "Set up an authenticator" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const secret = (await page.getByTestId("secret").textContent()) ?? "";
  await page.getByLabel("Six-digit code").fill("000000");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("The code is wrong or has run out")).toBeVisible();
  await page.getByLabel("Six-digit code").fill(totp(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("From now on, sign-in asks for a code.")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto("/sign-in?next=%2Fprofile");
  await fillSignIn(page, email, "Curtain-rises-8");
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expect(page.getByLabel("Six-digit code")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Six-digit code").fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Wait for the next code")).toBeVisible();
  await page.getByLabel("Six-digit code").fill(totp(secret));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "Your profile" })).toBeVisible();

  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Sign-in asks for no code.")).toBeVisible();
});

test("a wrong password is refused, and sent once however often it is submitted", async ({ page, expected, buyer }) => {
  expected.statuses.add(401);
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/v1/auth/sign-in")) sent += 1;
  });
  await page.goto("/sign-in");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel("E-mail address").fill(buyer);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.locator("form").evaluate((form: HTMLFormElement) => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await expect(page.getByText("Address or password is wrong")).toBeVisible();
  expect(sent).toBe(1);
  await expect(page.getByLabel("E-mail address")).toHaveValue(buyer);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${cloudUrl()}/`);
  await page.goto("/sign-in?next=%2Fprofile");
  await expect(page).toHaveURL(/\/profile$/);
});

for (const evil of ["//evil.example/x", "https://evil.example/x", "/\\evil.example/x", "/sign-in"]) {
  test(`after signing in nobody is sent to ${evil}`, async ({ page, buyer }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(evil)}`);
    await fillSignIn(page, buyer, PASSWORD);
    await expect(page.getByRole("link", { name: "My tickets" })).toBeVisible();
    await expect(page).toHaveURL(`${cloudUrl()}/`);
  });
}

test("a guarded page asks to sign in first and is shown after it", async ({ page, buyer }) => {
  await page.goto("/profile?from=mail");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fprofile%3Ffrom%3Dmail$/);
  await fillSignIn(page, buyer, PASSWORD);
  await expect(page).toHaveURL(/\/profile\?from=mail$/);
  await expect(page.getByText(buyer)).toBeVisible();
});

test("a forgotten password is replaced with a mailed code", async ({ page, expected }) => {
  expected.statuses.add(400);
  const email = await account();
  await page.goto("/sign-in?next=%2Fprofile");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("link", { name: "Forgotten your password?" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByLabel("Six-digit code").fill("111111");
  await page.getByLabel("New password").fill("Second-act-2");
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.getByText("The code is wrong or has run out")).toBeVisible();
  await page.getByLabel("Six-digit code").fill(await mailedCode(page, email, "resetPassword"));
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.getByText(email)).toBeVisible();
});

test("whoever never confirmed their address does so when they sign in, with a new code", async ({ page, expected }) => {
  expected.statuses.add(403);
  const email = await account(false);
  await page.clock.install();
  await page.goto("/sign-in?next=%2Fprofile");
  await fillSignIn(page, email, PASSWORD);
  await expect(page.getByText("Your address is not confirmed yet.")).toBeVisible();
  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect(page.getByText("Only the newest counts.")).toBeVisible();
  await expect(page.getByRole("button", { name: /New code in 0:/ })).toBeDisabled();
  await page.clock.fastForward(31_000);
  await expect(page.getByRole("button", { name: "Send a new code" })).toBeEnabled();
  await page.getByLabel("Six-digit code").fill(await mailedCode(page, email, "confirm"));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page).toHaveURL(/\/profile$/);
});

test("an address that has an account is shown the way in", async ({ page, expected, buyer }) => {
  expected.statuses.add(409);
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Asha");
  await page.getByLabel("E-mail address").fill(buyer);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveValue(buyer);
});

test("too many tries are counted down, and no network is said", async ({ page, expected, buyer }) => {
  expected.statuses.add(429);
  expected.offline = true;
  await page.clock.install();
  await page.route("**/v1/auth/sign-in", (route) =>
    route.fulfill({
      status: 429,
      headers: { "content-type": "application/problem+json", "retry-after": "25" },
      body: JSON.stringify({ type: "/problems/too-many-requests", status: 429, title: "Too many tries" }),
    }),
  );
  await page.goto("/sign-in");
  await fillSignIn(page, buyer, PASSWORD);
  await expect(page.getByText(/You can try again in 0:2\d\./)).toBeVisible();
  const submit = page.locator("form").getByRole("button", { name: "Sign in" });
  await expect(submit).toBeDisabled();
  await page.clock.fastForward(26_000);
  await expect(submit).toBeEnabled();
  await page.unroute("**/v1/auth/sign-in");
  await page.context().setOffline(true);
  await submit.click();
  await expect(page.getByText("No connection")).toBeVisible();
  await page.context().setOffline(false);
  await submit.click();
  await expect(page.getByRole("link", { name: "My tickets" })).toBeVisible();
});

test("a profile and a password are changed, and signing out ends it in every tab", async ({
  page,
  context,
  expected,
}) => {
  expected.statuses.add(401);
  const email = await account();
  await signIn(page, email);
  await page.goto("/profile");
  await page.getByLabel("Name").fill("Asha R.");
  await page.getByLabel("Telephone number (optional)").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("country's code");
  await page.getByLabel("Telephone number (optional)").fill("+91 98765 43210");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Telephone number (optional)")).toHaveValue("+919876543210");

  await page.getByLabel("Present password").fill("Wrong-one-1");
  await page.getByLabel("New password").fill("Second-act-2");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("That is not your present password.")).toBeVisible();
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  const other = await context.newPage();
  await other.addInitScript(() => localStorage.setItem("frontrow.signed-in", "1"));
  await other.goto("/profile");
  await expect(other.getByText(email)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect(page).toHaveURL(`${cloudUrl()}/`);
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(other.getByText(email)).toHaveCount(0);
});

test("the sign-in page speaks Hindi", async ({ page, expected }) => {
  expected.statuses.add(401);
  await page.addInitScript(() => localStorage.setItem("frontrow.language", "hi"));
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "साइन इन करें" })).toBeVisible();
  await page.getByLabel("ई-मेल पता").fill("nobody@example.org");
  await page.getByLabel("पासवर्ड", { exact: true }).fill("wrong");
  await page.locator("form").getByRole("button", { name: "साइन इन करें" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
