import { earlyConfig } from "./early";

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

/** Takes what was fetched. Without it everything works that needs no setting, so a missing file is no reason to show nothing. */
export async function loadConfig(): Promise<void> {
  current = { ...DEFAULTS, ...(await earlyConfig()) };
}

export function config(): Config {
  return current;
}
