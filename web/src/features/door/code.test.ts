// @vitest-environment node
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { importKeys, type PublishedKey, readCode, type TicketKeys } from "./code";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

function base45(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const [high = 0, low] = [bytes[i], bytes[i + 1]];
    let value = low === undefined ? high : high * 256 + low;
    for (let n = low === undefined ? 2 : 3; n > 0; n -= 1) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** The key whose seed is this byte, 32 times. */
function keyPair(byte: number) {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, byte)]);
  const secret = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return { secret, publicKey: String(createPublicKey(secret).export({ format: "jwk" }).x) };
}

function signed(key: number, secretByte = key, seat = "STALLS-C-12", version = 1): string {
  const message = Buffer.alloc(33 + seat.length);
  message.set([version, key]);
  message.fill(3, 2, 12);
  message.set([0, ...new Array(11).fill(9)], 12);
  message.writeUInt32BE(1_800_000_000, 24);
  message.writeUInt32BE(1_800_090_000, 28);
  message[32] = seat.length;
  message.write(seat, 33);
  return `FR1${base45(Buffer.concat([message, sign(null, message, keyPair(secretByte).secret)]))}`;
}

const published: PublishedKey[] = [{ number: 1, publicKey: keyPair(1).publicKey }];
let keys: TicketKeys;

beforeAll(async () => {
  keys = await importKeys(published);
});

describe("a code", () => {
  it("says what was signed", async () => {
    expect(await readCode(` ${signed(1)}\n`, keys)).toEqual({
      kind: "genuine",
      ticket: {
        showId: "show_0c1g60r30c1g60r3",
        ticketId: "tick_09144gj289144gj289",
        seat: "STALLS-C-12",
        validFrom: 1_800_000_000_000,
        validUntil: 1_800_090_000_000,
      },
    });
  });

  it("is worthless with any character changed", async () => {
    const text = signed(1);
    for (let i = 0; i < text.length; i += 1) {
      const changed = `${text.slice(0, i)}${text[i] === "7" ? "8" : "7"}${text.slice(i + 1)}`;
      expect((await readCode(changed, keys, published)).kind, String(i)).not.toBe("genuine");
    }
  });

  it("of another signer is unknown, even under the number of ours", async () => {
    expect(await readCode(signed(1, 2), keys, published)).toEqual({ kind: "unknown" });
  });

  it("is unknown if it is anything else", async () => {
    for (const text of [
      "",
      "FR1",
      "FR1BB8",
      "https://example.org",
      `${signed(1)}BB8`,
      signed(1, 1, "stalls"),
      `FR1${"A".repeat(600)}`,
    ])
      expect(await readCode(text, keys, published), text).toEqual({ kind: "unknown" });
  });

  it("is never called genuine by a device that cannot verify it", async () => {
    expect(await readCode(signed(2), keys, published)).toEqual({ kind: "unverifiable", why: "unknown-key" });
    expect(await readCode(signed(1), new Map(), published)).toEqual({ kind: "unverifiable", why: "no-verifier" });
    expect(await readCode(signed(1, 1, "A-1-1", 2), keys, published)).toEqual({
      kind: "unverifiable",
      why: "unknown-key",
    });
  });
});

it("a key that is none verifies nothing", async () => {
  expect((await importKeys([{ number: 1, publicKey: "AAAA" }])).size).toBe(0);
});
