import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useStorageKept } from "./use-storage-kept";

afterEach(() => {
  vi.unstubAllGlobals();
});

function fakeStorage(already: boolean) {
  const persisted = vi.fn(async () => already);
  const persist = vi.fn(async () => true);
  vi.stubGlobal("navigator", Object.create(navigator, { storage: { value: { persist, persisted } } }));
  return { persist, persisted };
}

describe("what a device keeps", () => {
  it("is asked to be kept for good", async () => {
    const { persist } = fakeStorage(false);
    renderHook(() => useStorageKept());
    await waitFor(() => expect(persist).toHaveBeenCalledOnce());
  });

  it("is not asked for again once it is: some browsers ask people each time", async () => {
    const { persist, persisted } = fakeStorage(true);
    renderHook(() => useStorageKept());
    await waitFor(() => expect(persisted).toHaveBeenCalled());
    expect(persist).not.toHaveBeenCalled();
  });

  it("stays as it is where the browser knows no such thing", () => {
    renderHook(() => useStorageKept()).unmount();
  });
});
