import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** Debian's Chromium, or another that is named; nothing is downloaded. */
const candidates = [
  process.env.FRONTROW_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = candidates.find((path) => path && existsSync(path));
if (!executablePath) throw new Error("no Chromium: apt-get install chromium, or name one with FRONTROW_CHROMIUM");

const FIGURES = ["lighthouse.spec.ts", "seat-frames.spec.ts"];

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/cloud.ts",
  // Two journeys at once on two cores; each has buyers and shows of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A machine that stalls for seconds is no defect of the client. Whatever needs its second try is named as flaky at the end.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Figures are taken when nothing else runs.
  projects: [
    { name: "journeys", testIgnore: FIGURES },
    { name: "figures", testMatch: FIGURES, dependencies: ["journeys"], workers: 1, fullyParallel: false },
  ],
  reporter: [["list"], ["./e2e/reporter.ts"]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    // Journeys stand between the page and the network; only those about the service worker let it in.
    serviceWorkers: "block",
    trace: "retain-on-failure",
    launchOptions: { executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] },
  },
});
