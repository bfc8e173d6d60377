import { afterEach, describe, expect, it, vi } from "vitest";
import { deviceStorage, tabStorage } from "./storage";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe("a storage", () => {
  it("keeps what is written until it is removed", () => {
    deviceStorage.write("frontrow.a", "1");
    expect(deviceStorage.read("frontrow.a")).toBe("1");
    expect(deviceStorage.keys()).toEqual(["frontrow.a"]);
    expect(tabStorage.read("frontrow.a")).toBeNull();
    deviceStorage.remove("frontrow.a");
    expect(deviceStorage.read("frontrow.a")).toBeNull();
  });

  it("that is full loses what is written and nothing else", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(() => deviceStorage.write("frontrow.a", "1")).not.toThrow();
    expect(deviceStorage.read("frontrow.a")).toBeNull();
  });

  it("that is forbidden is empty", () => {
    const forbidden = new Proxy(
      {},
      {
        get: () => {
          throw new DOMException("no", "SecurityError");
        },
        ownKeys: () => {
          throw new DOMException("no", "SecurityError");
        },
      },
    );
    vi.stubGlobal("localStorage", forbidden);
    deviceStorage.write("frontrow.a", "1");
    deviceStorage.remove("frontrow.a");
    expect(deviceStorage.read("frontrow.a")).toBeNull();
    expect(deviceStorage.keys()).toEqual([]);
  });
});
