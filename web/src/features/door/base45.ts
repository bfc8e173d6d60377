const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The bytes that a Base45 text stands for (RFC 9285), or undefined if it is none. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let from = 0, to = 0; from < text.length; from += 3, to += 2) {
    const digits = [...text.slice(from, from + 3)].map((character) => ALPHABET.indexOf(character));
    if (digits.includes(-1)) return undefined;
    const [a = 0, b = 0, c] = digits;
    const value = a + b * 45 + (c ?? 0) * 2025;
    if (value > (c === undefined ? 0xff : 0xffff)) return undefined;
    if (c === undefined) bytes[to] = value;
    else bytes.set([value >> 8, value & 0xff], to);
  }
  return bytes;
}
