import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "@/api/schema";
import { learnServerTime } from "./clock";
import { config } from "./config";
import { earlyAnswer } from "./early";
import { asProblem, problemOf } from "./problem";
import { refresh, signedOut, token } from "./session";

/** The API's types by their names, as `Schema["HoldView"]`. */
export type Schema = components["schemas"];

/** Longer than API Gateway waits for a function. */
const TIMEOUT_MS = 31_000;
/** How finely the `Date` header is spelled. */
const DATE_HEADER_MS = 1000;

/** What everybody may read and was asked for before is not asked for again. */
const asked: Middleware = {
  onRequest: ({ request }) => {
    const { pathname, search } = new URL(request.url);
    return request.method === "GET" ? earlyAnswer(`${pathname}${search}`) : undefined;
  },
};

const authorized: Middleware = {
  async onRequest({ request }) {
    const bearer = await token();
    if (bearer) request.headers.set("authorization", `Bearer ${bearer}`);
    return request;
  },
};

/** Sends a request; a token that ran out on the way is renewed once. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const sentAt = Date.now();
  const response = await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  const date = response.headers.get("date");
  if (date && isFresh(response)) learnServerTime(date, sentAt, Date.now(), DATE_HEADER_MS);
  if (response.status !== 401 || !again.headers.has("authorization") || (await refusesPassword(response)))
    return response;
  if (!(await refresh())) {
    signedOut();
    return response;
  }
  again.headers.set("authorization", `Bearer ${await token()}`);
  return fetch(again, { signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** Whether no cache can have kept this answer: the date of one that was kept is long past. */
function isFresh(response: Response): boolean {
  return (response.headers.get("cache-control") ?? "").includes("no-store") && !response.headers.has("age");
}

/** A wrong password is no worn-out token: asked again, it would count as a second wrong try. */
async function refusesPassword(response: Response): Promise<boolean> {
  return (await response.clone().text()).includes("/problems/sign-in-refused");
}

/** The API, typed by its own description. Wrap calls in `ask`. */
export const api = createClient<paths>({ baseUrl: "", fetch: send });
api.use(asked, authorized);
api.use({
  async onRequest({ request }) {
    const { apiBase } = config();
    if (!apiBase) return request;
    const { pathname, search } = new URL(request.url);
    // The body as a whole: not every browser sends one on as a stream.
    const body = request.method === "GET" || request.method === "HEAD" ? null : await request.arrayBuffer();
    const { method, headers, signal, cache } = request;
    return new Request(`${apiBase}${pathname}${search}`, {
      method,
      headers,
      signal,
      cache,
      body,
      credentials: "include",
    });
  },
});

/** What an answer carries, or a `Problem`, thrown. */
export async function ask<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let settled: { data?: T; error?: unknown; response: Response };
  try {
    settled = await answer;
  } catch (error) {
    throw asProblem(error);
  }
  if (!settled.response.ok) throw problemOf(settled.response, settled.error);
  return settled.data as T;
}

/** The header that makes a creating request safe to repeat: make one per intention, not per try. */
export function idempotencyKey(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}
