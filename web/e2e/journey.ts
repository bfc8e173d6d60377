import AxeBuilder from "@axe-core/playwright";
import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";
import { BUYERS } from "./cloud";
import { cloudUrl, PASSWORD } from "./stage";

export { expect };

/** Small phones, a tablet upright, a tablet on its side: nothing may be wider than they are. */
const WIDTHS = [320, 360, 412, 768, 1024];

interface Fixtures {
  /** A buyer that no other journey of this run uses. */
  buyer: string;
  /** Answers that this journey provokes on purpose; the browser reports each as an error on its console. */
  expected: { statuses: Set<number>; offline: boolean };
}

let buyersUsed = 0;

/** A journey: a browser with an eye on its console. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  baseURL: async ({}, use) => use(cloudUrl()),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  buyer: async ({}, use, info) => {
    const perWorker = Math.floor(BUYERS / (info.config.workers || 1));
    const number = info.parallelIndex * perWorker + (buyersUsed++ % perWorker) + 1;
    await use(`buyer${number}@demo.frontrow.test`);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  expected: async ({}, use) => use({ statuses: new Set(), offline: false }),
  page: async ({ page, expected }, use) => {
    const errors = watchConsole(page, expected);
    await use(page);
    expect(errors, "the console stays clean").toEqual([]);
  },
});

/** Collects what should never be on a console. */
export function watchConsole(page: Page, expected: Fixtures["expected"]): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !isExpected(message, expected))
      errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  return errors;
}

function isExpected(message: ConsoleMessage, { statuses, offline }: Fixtures["expected"]): boolean {
  const text = message.text();
  const status = /the server responded with a status of (\d+)/.exec(text)?.[1];
  const { url } = message.location();
  // How the API says that somebody holds nothing.
  if (status === "404" && /\/v1\/shows\/\w+\/hold$/.test(url)) return true;
  if (status) return statuses.has(Number(status)) && url.includes("/v1/");
  return offline && /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|WebSocket connection/.test(text);
}

/** Signs in as the sign-in page does, without its clicks: the cookie, and the hint that there is one. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  const answer = await page.request.post(`${cloudUrl()}/v1/auth/sign-in`, { data: { email, password } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.addInitScript(() => localStorage.setItem("frontrow.signed-in", "1"));
}

/** No violations of axe's rules, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("  ")}`);
    expect(found, `axe, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Nothing scrolls sideways, on phones and on tablets. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `at ${width} px`).toBeLessThanOrEqual(0);
  }
  if (before) await page.setViewportSize(before);
}
