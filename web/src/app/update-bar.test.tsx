import { registerSW } from "virtual:pwa-register";
import { act, screen } from "@testing-library/react";
import { type NavigateFunction, useNavigate } from "react-router";
import type { RegisterSWOptions } from "vite-plugin-pwa/types";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderInEnglish } from "@/testing/in-english";
import { UpdateBar } from "./update-bar";

vi.mock("virtual:pwa-register", () => ({ registerSW: vi.fn() }));

const skipWaiting = vi.fn(async () => {});
const reload = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(registerSW).mockReturnValue(skipWaiting);
});
afterEach(() => {
  vi.useRealTimers();
  skipWaiting.mockClear();
  reload.mockClear();
});

let navigate: NavigateFunction;

function Visitor() {
  navigate = useNavigate();
  return <UpdateBar reload={reload} />;
}

/** A tab that was offered a new version. */
async function tabAt(path: string) {
  await renderInEnglish(<Visitor />, path);
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  const worker: RegisterSWOptions | undefined = vi.mocked(registerSW).mock.lastCall?.[0];
  if (!worker) throw new Error("the worker is registered");
  act(() => worker.onNeedRefresh?.());
  return { worker, go: (to: string) => act(async () => navigate(to)) };
}

describe("a new version", () => {
  it("comes at once where it is accepted", async () => {
    const { worker } = await tabAt("/events");
    act(() => screen.getByRole("button").click());
    expect(skipWaiting).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
    act(() => worker.onNeedReload?.());
    expect(reload).toHaveBeenCalledOnce();
  });

  it("that another tab accepted leaves a payment alone until its buyer goes where nothing has begun", async () => {
    const { go, worker } = await tabAt("/shows/show_1/checkout");
    act(() => worker.onNeedReload?.());
    expect(reload).not.toHaveBeenCalled();
    await go("/bookings/bkg_1");
    await go("/shows/show_2");
    await go("/confirm");
    await go("/organizer/events/new");
    expect(reload).not.toHaveBeenCalled();
    await go("/tickets");
    expect(reload).toHaveBeenCalledOnce();
  });

  it("that another tab accepted can be had by hand", async () => {
    const { worker } = await tabAt("/shows/show_1/checkout");
    act(() => worker.onNeedReload?.());
    act(() => screen.getByRole("button").click());
    expect(reload).toHaveBeenCalledOnce();
    expect(skipWaiting).not.toHaveBeenCalled();
  });

  it("that was only offered reloads nobody", async () => {
    const { go } = await tabAt("/");
    await go("/events");
    expect(reload).not.toHaveBeenCalled();
  });
});
