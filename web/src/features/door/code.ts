import { decodeBase45 } from "./base45";

/** What every code begins with. */
const PREFIX = "FR1";
const VERSION = 1;
const SIGNATURE_BYTES = 64;
/** Version, key, show, ticket, hours, and the length of the place's name: `shared/tickets/src/code.rs` has the table. */
const FIXED_BYTES = 1 + 1 + 10 + 12 + 4 + 4 + 1;
const CODE_CHARACTERS_MAX = 300;
/** Crockford's base 32: five bits a character. */
const ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TICKET_BITS = 90n;

/** What a genuine code says. */
export interface TicketCode {
  showId: string;
  ticketId: string;
  seat: string;
  /** Milliseconds since 1970. */
  validFrom: number;
  validUntil: number;
}

/** A public key, by the number that codes name it with. `undefined`: this device cannot verify with it. */
export type TicketKeys = ReadonlyMap<number, CryptoKey>;

/** What became of a scanned text. Only `genuine` may ever open a door. */
export type Reading =
  | { kind: "genuine"; ticket: TicketCode }
  /** Something else was scanned, or nobody of ours signed it. */
  | { kind: "unknown" }
  /** It may be one of ours, but this device cannot tell. */
  | { kind: "unverifiable"; why: "no-verifier" | "unknown-key" };

/** One of the server's keys, as `GET /v1/ticket-keys` has it. */
export interface PublishedKey {
  number: number;
  publicKey: string;
}

/** Keys to verify with. A device whose browser knows no Ed25519 gets none, and then gives no verdict of its own. */
export async function importKeys(published: readonly PublishedKey[]): Promise<TicketKeys> {
  const keys = new Map<number, CryptoKey>();
  for (const { number, publicKey } of published) {
    try {
      keys.set(number, await crypto.subtle.importKey("raw", fromBase64Url(publicKey), "Ed25519", false, ["verify"]));
    } catch {
      // No Ed25519 here, or no key: nothing is genuine because of it.
    }
  }
  return keys;
}

/** Reads a scanned text and verifies its signature. `published` tells a key that we never heard of from one that cannot be used here. */
export async function readCode(
  text: string,
  keys: TicketKeys,
  published: readonly PublishedKey[] = [],
): Promise<Reading> {
  const trimmed = text.trim();
  if (!trimmed.startsWith(PREFIX) || trimmed.length > CODE_CHARACTERS_MAX + PREFIX.length) return { kind: "unknown" };
  const bytes = decodeBase45(trimmed.slice(PREFIX.length));
  if (!bytes || bytes.length < FIXED_BYTES + SIGNATURE_BYTES) return { kind: "unknown" };
  // A newer layout than this page knows: the server may know it.
  if (bytes[0] !== VERSION) return { kind: "unverifiable", why: "unknown-key" };
  const message = bytes.slice(0, -SIGNATURE_BYTES);
  const signature = bytes.slice(-SIGNATURE_BYTES);
  const ticket = parse(message);
  if (!ticket) return { kind: "unknown" };
  const number = bytes[1] ?? 0;
  const key = keys.get(number);
  if (!key) {
    const isKnown = published.some((one) => one.number === number);
    return { kind: "unverifiable", why: isKnown ? "no-verifier" : "unknown-key" };
  }
  const isGenuine = await crypto.subtle.verify("Ed25519", key, signature, message);
  return isGenuine ? { kind: "genuine", ticket } : { kind: "unknown" };
}

function parse(message: Uint8Array): TicketCode | undefined {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const seat = new TextDecoder().decode(message.subarray(FIXED_BYTES));
  const ticket = bits(message.subarray(12, 24));
  if (view.getUint8(FIXED_BYTES - 1) !== message.length - FIXED_BYTES) return undefined;
  if (!/^[A-Z0-9]{1,12}-[A-Z0-9]{1,4}-[0-9]{1,5}$/.test(seat) || ticket >> TICKET_BITS !== 0n) return undefined;
  return {
    showId: `show_${spelled(bits(message.subarray(2, 12)), 16)}`,
    ticketId: `tick_${spelled(ticket, 18)}`,
    seat,
    validFrom: view.getUint32(24) * 1000,
    validUntil: view.getUint32(28) * 1000,
  };
}

function bits(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function spelled(value: bigint, characters: number): string {
  return Array.from({ length: characters }, (_, index) => {
    const digit = Number((value >> BigInt(5 * (characters - 1 - index))) & 31n);
    return ID_ALPHABET.charAt(digit);
  }).join("");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
