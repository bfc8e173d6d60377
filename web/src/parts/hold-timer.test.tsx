import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Hold } from "@/api/holds";
import { learnServerTime, resetClock } from "@/lib/clock";
import { renderInEnglish } from "@/testing/in-english";
import { HoldTimer } from "./hold-timer";

const NOW = Date.parse("2026-11-21T12:00:00Z");

function holdFor(seconds: number): Hold {
  const rupees = (amount: number) => ({ amount, currency: "INR" });
  const nothing = rupees(0);
  const quote = { subtotal: nothing, discount: nothing, fee: nothing, tax: nothing, total: nothing };
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    holdId: "hold_1",
    showId: "show_1",
    seats: [],
    quote,
    expiresAt: at(NOW + seconds * 1000),
    serverTime: at(NOW),
  };
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));

beforeEach(() => {
  resetClock();
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => vi.useRealTimers());

describe("the hold's timer", () => {
  it("counts down, and says once that it is over", async () => {
    const onExpired = vi.fn();
    await renderInEnglish(<HoldTimer hold={holdFor(65)} onExpired={onExpired} />);
    expect(screen.getByRole("timer").textContent).toContain("1:05");
    pass(64);
    expect(screen.getByRole("timer").textContent).toContain("0:01");
    expect(onExpired).not.toHaveBeenCalled();
    pass(5);
    expect(onExpired).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("button", { name: "More time" })).toHaveProperty("disabled", true);
  });

  it("tells screen readers at five minutes, one minute and thirty seconds, not every second", async () => {
    await renderInEnglish(<HoldTimer hold={holdFor(302)} onExpired={() => {}} />);
    expect(screen.queryByText(/Your seats are held for/)).toBeNull();
    pass(3);
    expect(screen.getByText("Your seats are held for 5:00 more minutes.")).toBeTruthy();
    pass(100);
    expect(screen.getByText("Your seats are held for 5:00 more minutes.")).toBeTruthy();
    pass(140);
    expect(screen.getByText("Your seats are held for 1:00 more minutes.")).toBeTruthy();
  });

  it("goes by the server's clock on a device that is an hour late", async () => {
    vi.setSystemTime(NOW - 3_600_000);
    learnServerTime(new Date(NOW).toISOString(), Date.now(), Date.now());
    await renderInEnglish(<HoldTimer hold={holdFor(600)} onExpired={() => {}} />);
    expect(screen.getByRole("timer").textContent).toContain("10:00");
  });

  it("says why there is no more time", async () => {
    const problem = { type: "/problems/hold-expired", title: "Gone", status: 410 };
    vi.stubGlobal("fetch", async () =>
      Response.json(problem, { status: 410, headers: { "content-type": "application/problem+json" } }),
    );
    await renderInEnglish(<HoldTimer hold={holdFor(60)} onExpired={() => {}} />);
    vi.useRealTimers();
    fireEvent.click(screen.getByRole("button", { name: "More time" }));
    expect((await screen.findByRole("alert")).textContent).toBeTruthy();
  });
});
