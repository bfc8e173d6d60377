import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useWakeLock } from "./use-wake-lock";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Screens that can be kept awake. Each lock remembers whether it was given back. */
function fakeWakeLock(refusal?: Error) {
  const locks: { release: ReturnType<typeof vi.fn> }[] = [];
  const request = vi.fn(async () => {
    if (refusal) throw refusal;
    const lock = { release: vi.fn(async () => {}) };
    locks.push(lock);
    return lock;
  });
  vi.stubGlobal("navigator", Object.create(navigator, { wakeLock: { value: { request } } }));
  return { locks, request };
}

describe("the screen", () => {
  it("stays awake while it is wanted, and no longer", async () => {
    const { locks } = fakeWakeLock();
    const { rerender } = renderHook(({ wanted }) => useWakeLock(wanted), { initialProps: { wanted: true } });
    await waitFor(() => expect(locks).toHaveLength(1));
    rerender({ wanted: false });
    expect(locks[0]?.release).toHaveBeenCalled();
  });

  it("is kept awake again when the page is back from behind another one", async () => {
    const { locks } = fakeWakeLock();
    renderHook(() => useWakeLock(true));
    await waitFor(() => expect(locks).toHaveLength(1));
    document.dispatchEvent(new Event("visibilitychange"));
    await waitFor(() => expect(locks).toHaveLength(2));
  });

  it("goes dark as ever where the browser will not", async () => {
    const { request } = fakeWakeLock(new DOMException("low battery", "NotAllowedError"));
    const { unmount } = renderHook(() => useWakeLock(true));
    await waitFor(() => expect(request).toHaveBeenCalled());
    unmount();
  });

  it("goes dark as ever where the browser cannot", () => {
    renderHook(() => useWakeLock(true)).unmount();
  });
});
