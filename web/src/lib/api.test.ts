import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, ask } from "./api";
import { clockOffsetMs, resetClock } from "./clock";
import { signedOut } from "./session";

/** An answer whose date is an hour from now. */
function answer(headers: Record<string, string>): Response {
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  return new Response(JSON.stringify({ items: [] }), {
    headers: { "content-type": "application/json", date, ...headers },
  });
}

async function offsetAfter(headers: Record<string, string>): Promise<number> {
  vi.stubGlobal("fetch", async () => answer(headers));
  await ask(api.GET("/v1/venues", { baseUrl: "http://frontrow.test" }));
  return clockOffsetMs();
}

beforeEach(() => {
  resetClock();
  signedOut();
});

describe("the server's clock", () => {
  it("is read from answers that nobody keeps", async () => {
    expect(await offsetAfter({ "cache-control": "no-store" })).toBeGreaterThan(3_590_000);
  });

  it("is not read from answers that may come out of a cache", async () => {
    expect(await offsetAfter({ "cache-control": "public, max-age=86400" })).toBe(0);
    expect(await offsetAfter({ "cache-control": "no-store", age: "12" })).toBe(0);
    expect(await offsetAfter({})).toBe(0);
  });
});

describe("what was asked for before the code was here", () => {
  const events = () =>
    ask(api.GET("/v1/events", { baseUrl: "http://frontrow.test", params: { query: { limit: 48 } } }));
  const early = (answer: Promise<Response>) => {
    globalThis.frontrowEarly = { config: Promise.resolve({}), answers: { "/v1/events?limit=48": answer } };
  };

  it("is taken once, and nobody's token is waited for", async () => {
    const fetched = vi.fn(async () => Response.json({ items: ["later"] }));
    vi.stubGlobal("fetch", fetched);
    early(Promise.resolve(Response.json({ items: ["early"] })));
    expect(await events()).toEqual({ items: ["early"] });
    expect(fetched).not.toHaveBeenCalled();
    expect(await events()).toEqual({ items: ["later"] });
  });

  it("is asked for again when it never came", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ items: ["later"] }));
    early(Promise.reject(new TypeError("Failed to fetch")));
    expect(await events()).toEqual({ items: ["later"] });
  });
});
