/** What differs between stages: written beside the built client when it is deployed, fetched before anything is drawn. */
export interface Config {
  /** Where the API is; empty means the origin that serves the client. */
  apiBase: string;
  /** Where seat maps hear of changes; null means that they poll. */
  live: { http: string; realtime: string; host: string; apiKey: string } | null;
  /** Through whom buyers may pay, the first is offered first. */
  providers: ("sandbox" | "stripe" | "razorpay")[];
  stripePublishableKey?: string;
  razorpayKeyId?: string;
  stage: string;
}

const DEFAULTS: Config = { apiBase: "", live: null, providers: [], stage: "unknown" };

let current: Config = DEFAULTS;

/** Fetches it. Without it everything works that needs no setting, so a missing file is no reason to show nothing. */
export async function loadConfig(): Promise<void> {
  try {
    const response = await fetch("/config.json");
    if (response.ok) current = { ...DEFAULTS, ...((await response.json()) as Partial<Config>) };
  } catch {
    // Offline: what was cached with the page is enough for tickets and the door.
  }
}

export function config(): Config {
  return current;
}
