import qrcode from "qrcode-generator";

/** Modules of white around the picture that scanners count on (ISO 18004). */
export const QUIET_MODULES = 4;

/** The picture of a code: its modules as an SVG path, and how many there are to a side, with the quiet zone. */
export interface QrPicture {
  path: string;
  side: number;
}

/** Draws a text. Codes of tickets are Base45, which the alphanumeric mode is made for: it takes a third less room. */
export function qrPicture(text: string): QrPicture {
  const qr = qrcode(0, "M");
  qr.addData(text, /^[0-9A-Z $%*+./:-]+$/.test(text) ? "Alphanumeric" : "Byte");
  qr.make();
  const count = qr.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (!qr.isDark(row, column)) continue;
      let length = 1;
      while (column + length < count && qr.isDark(row, column + length)) length += 1;
      path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`;
      column += length;
    }
  }
  return { path, side: count + 2 * QUIET_MODULES };
}
