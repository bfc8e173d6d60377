import { chromium, expect, test } from "@playwright/test";
import lighthouse from "lighthouse";
import { apiAs, cloudUrl, ok } from "./stage";

/** What every page must reach; performance is printed, and its gate leaves room for slow machines. */
const GOALS = { accessibility: 100, "best-practices": 95, performance: 80 };
const PORT = 9223;

test("Lighthouse on a phone: the first page and an event", async () => {
  test.setTimeout(240_000);
  const api = await apiAs();
  const { items } = await ok<{ items: { eventId: string }[] }>(api.get("/v1/events?limit=1"));
  await api.dispose();
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...args, `--remote-debugging-port=${PORT}`],
  });
  for (const path of ["/", `/events/${items[0]?.eventId}`]) {
    const result = await lighthouse(`${cloudUrl()}${path}`, {
      port: PORT,
      onlyCategories: Object.keys(GOALS),
      output: "json",
      logLevel: "error",
    });
    const report = result?.lhr;
    if (!report) throw new Error("Lighthouse has no report");
    const scores = Object.fromEntries(
      Object.entries(report.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]),
    );
    const metric = (id: string) => report.audits[id]?.displayValue ?? "?";
    console.log(
      `lighthouse ${path.startsWith("/events") ? "event" : "home"}: performance ${scores.performance}, accessibility ${scores.accessibility}, best practices ${scores["best-practices"]}; ` +
        `LCP ${metric("largest-contentful-paint")}, CLS ${metric("cumulative-layout-shift")}, TBT ${metric("total-blocking-time")}, weight ${metric("total-byte-weight")}`,
    );
    const failed = Object.values(report.audits)
      .filter((audit) => audit.score === 0 && audit.scoreDisplayMode === "binary")
      .map((audit) => audit.id);
    for (const [id, goal] of Object.entries(GOALS))
      expect(scores[id], `${id} of ${path}; failed: ${failed.join(", ")}`).toBeGreaterThanOrEqual(goal);
  }
  await browser.close();
});
