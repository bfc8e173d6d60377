import type { Page } from "@playwright/test";
import { expect, expectAccessible, signIn } from "./journey";

export const STAFF = "staff@demo.frontrow.test";

/** Opens a show's scanner, ready to go on without a network. */
export async function openDoor(page: Page, showId: string, gate: string): Promise<void> {
  await page.addInitScript((name) => localStorage.setItem("frontrow.door.gate", name), gate);
  await signIn(page, STAFF);
  await page.goto(`/door/${showId}`);
  await expect(page.getByText(/^List from/)).toBeVisible();
}

/** Types a code where there is no camera. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code of the ticket").fill(code);
  await page.getByRole("button", { name: "Check" }).click();
}

/**
 * What the screen says, and who decided it. A verdict goes by itself after a moment, so it is looked for in every frame, and all of it
 * at once.
 */
export async function expectVerdict(
  page: Page,
  outcome: string,
  by: "server" | "device",
  text: string,
  keep = false,
): Promise<void> {
  await page.waitForFunction(
    ({ outcome, by, text, keep }) => {
      const verdict = document.querySelector<HTMLElement>("[data-testid=verdict]");
      if (verdict?.dataset.outcome !== outcome || verdict.dataset.by !== by) return false;
      if (!verdict.textContent?.includes(text)) return false;
      // A finger on it keeps it.
      if (keep) verdict.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      return true;
    },
    { outcome, by, text, keep },
    { timeout: 15_000 },
  );
}

/** It goes by itself. */
export async function expectNextMayCome(page: Page): Promise<void> {
  await expect(page.getByTestId("verdict")).toHaveCount(0);
}

/** As long as a finger is on it, a verdict stays; a tap ends it. */
export async function expectAccessibleVerdict(page: Page, outcome: string, by: "server" | "device", text: string) {
  await expectVerdict(page, outcome, by, text, true);
  await expectAccessible(page);
  await page.getByTestId("verdict").click();
  await expectNextMayCome(page);
}
