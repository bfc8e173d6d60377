import { useSyncExternalStore } from "react";
import { config } from "./config";
import { problemOf } from "./problem";
import { deviceStorage } from "./storage";

/** What sign-in and refresh answer. */
export interface Tokens {
  accessToken: string;
  idToken: string;
  refreshToken: string;
  expiresIn: number;
}

export type Role = "USER" | "ORGANIZER" | "STAFF" | "ADMIN";

/** Who is signed in on this device. The access token lives in memory alone; the refresh token is a cookie that scripts cannot read. */
export interface Session {
  /** `unknown` until the first refresh of a returning visitor is answered. */
  state: "unknown" | "signed-out" | "signed-in";
  userId?: string;
  email?: string;
  name?: string;
  roles: readonly Role[];
}

/** Whether somebody signed in here before: without it there is no cookie worth asking about. */
const HINT = "frontrow.signed-in";
/** Tokens are renewed this long before they run out. */
const RENEW_BEFORE_MS = 60_000;

let session: Session = { state: "unknown", roles: [] };
let accessToken: string | undefined;
/** On the clock that nobody can set. */
let renewAt = 0;
/** Raised at every sign-out. */
let generation = 0;
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("frontrow.session");

channel?.addEventListener("message", ({ data }) => {
  if (data === "signed-out") forget();
  if (data === "signed-in" && session.state !== "signed-in") void refresh();
});

/** Begins with what the device remembers. */
export function startSession(): void {
  if (deviceStorage.read(HINT)) void refresh();
  else become({ state: "signed-out", roles: [] });
}

/** Takes the tokens of a sign-in. */
export function signedIn(tokens: Tokens): void {
  take(tokens);
  deviceStorage.write(HINT, "1");
  channel?.postMessage("signed-in");
}

/** Forgets who was signed in, here and in every other tab. */
export function signedOut(): void {
  forget();
  channel?.postMessage("signed-out");
}

/** A token that is good for some time; undefined if nobody is signed in. */
export async function token(): Promise<string | undefined> {
  if (accessToken && performance.now() < renewAt) return accessToken;
  if (session.state === "signed-out") return undefined;
  await refresh();
  return accessToken;
}

/** Asks for new tokens, once for however many ask. Resolves to whether somebody is signed in. */
export function refresh(): Promise<boolean> {
  refreshing ??= renew().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

export function currentSession(): Session {
  return session;
}

/** Resolves when it is known whether somebody is signed in. */
export function sessionKnown(): Promise<Session> {
  if (session.state !== "unknown") return Promise.resolve(session);
  return new Promise((resolve) => {
    const stop = subscribe(() => {
      if (session.state === "unknown") return;
      stop();
      resolve(session);
    });
  });
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function renew(): Promise<boolean> {
  const asked = generation;
  try {
    const response = await fetch(`${config().apiBase}/v1/auth/refresh`, {
      method: "POST",
      credentials: "include",
      signal: AbortSignal.timeout(15_000),
    });
    if (response.ok) {
      const tokens = (await response.json()) as Tokens;
      // Whoever signed out meanwhile, here or in another tab, stays signed out.
      if (asked !== generation) return false;
      take(tokens);
      return true;
    }
    if (response.status === 401 || response.status === 400) {
      forget();
      return false;
    }
    throw problemOf(response, undefined);
  } catch {
    // Only a refusal ends a session. Offline with a cookie is still signed in: tickets and the door work from what is stored.
    if (session.state === "unknown") become({ ...remembered(), state: "signed-in" });
    return accessToken !== undefined;
  }
}

function take(tokens: Tokens): void {
  accessToken = tokens.accessToken;
  renewAt = performance.now() + tokens.expiresIn * 1000 - RENEW_BEFORE_MS;
  const claims = { ...claimsOf(tokens.accessToken), ...claimsOf(tokens.idToken) };
  const groups = Array.isArray(claims["cognito:groups"]) ? claims["cognito:groups"] : [];
  const roles: Role[] = ["USER", ...groups.map((group) => String(group).toUpperCase() as Role)];
  const who = {
    roles,
    ...(typeof claims.sub === "string" && { userId: claims.sub }),
    ...(typeof claims.email === "string" && { email: claims.email }),
    ...(typeof claims.name === "string" && { name: claims.name }),
  };
  deviceStorage.write(`${HINT}.as`, JSON.stringify(who));
  become({ state: "signed-in", ...who });
}

function remembered(): Omit<Session, "state"> {
  try {
    return { roles: [], ...(JSON.parse(deviceStorage.read(`${HINT}.as`) ?? "{}") as Partial<Session>) };
  } catch {
    return { roles: [] };
  }
}

function forget(): void {
  generation += 1;
  accessToken = undefined;
  deviceStorage.remove(HINT);
  deviceStorage.remove(`${HINT}.as`);
  become({ state: "signed-out", roles: [] });
}

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** What a token says of its owner: only for display, the server checks for itself. */
function claimsOf(jwt: string): Record<string, unknown> {
  try {
    const part = jwt.split(".")[1] ?? "";
    const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (character) =>
      character.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
