import type { Config } from "./config";

/** What is heard of one block: its present state, not a difference. */
export interface BlockMessage {
  section: string;
  row: string;
  /** The number of the block's first place. */
  first: number;
  /** One letter per place. */
  states: string;
  /** Raised by every write: a smaller one is older news. */
  version: number;
}

export interface LiveHandlers {
  onBlock(message: BlockMessage): void;
  /** Whether changes are heard now. After every `true` the state must be fetched again: what happened before was missed. */
  onLive(live: boolean): void;
}

const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_MAX_MS = 30_000;
/** AppSync sends a keep-alive every minute and says how long to wait for one; this is when it does not say. */
const SILENCE_MAX_MS = 5 * 60_000;

/**
 * Listens to the blocks of a show over AppSync Events until the returned function is called.
 * Protocol: https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html
 */
export function watchSeats(live: NonNullable<Config["live"]>, showId: string, handlers: LiveHandlers): () => void {
  const authorization = { host: live.host, "x-api-key": live.apiKey };
  // AppSync allows letters, digits and dashes in a segment.
  const channel = `/seats/${showId.replaceAll("_", "-")}/*`;
  let socket: WebSocket | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silenceMaxMs = SILENCE_MAX_MS;
  let tries = 0;
  let ended = false;

  function connect() {
    socket = new WebSocket(live.realtime, [
      `header-${base64Url(JSON.stringify(authorization))}`,
      "aws-appsync-event-ws",
    ]);
    socket.onopen = () => socket?.send(JSON.stringify({ type: "connection_init" }));
    socket.onmessage = ({ data }) => hear(JSON.parse(String(data)) as Record<string, unknown>);
    socket.onclose = lost;
    listenForSilence();
  }

  function hear(message: Record<string, unknown>) {
    listenForSilence();
    switch (message.type) {
      case "connection_ack":
        if (typeof message.connectionTimeoutMs === "number") silenceMaxMs = message.connectionTimeoutMs;
        socket?.send(JSON.stringify({ type: "subscribe", id: "seats", channel, authorization }));
        break;
      case "subscribe_success":
        tries = 0;
        handlers.onLive(true);
        break;
      case "data":
        for (const event of [message.event].flat()) handlers.onBlock(JSON.parse(String(event)) as BlockMessage);
        break;
      case "subscribe_error":
      case "connection_error":
        socket?.close();
    }
  }

  function listenForSilence() {
    clearTimeout(silence);
    silence = setTimeout(() => socket?.close(), silenceMaxMs);
  }

  function lost() {
    clearTimeout(silence);
    if (ended) return;
    handlers.onLive(false);
    // Many lose the connection at once: they do not come back at once.
    const wait = Math.min(RECONNECT_MAX_MS, RECONNECT_FIRST_MS * 2 ** tries++) * (0.5 + Math.random());
    again = setTimeout(connect, wait);
  }

  function end() {
    ended = true;
    clearTimeout(again);
    clearTimeout(silence);
    socket?.close();
  }

  connect();
  return end;
}

function base64Url(text: string): string {
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
