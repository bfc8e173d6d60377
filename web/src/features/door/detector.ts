/** Finds codes in a picture: the browser's own reader, or one that does the same. */
export interface Detector {
  detect(picture: HTMLCanvasElement): Promise<{ rawValue: string }[]>;
}

interface NativeDetector {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own reader if it knows QR codes; otherwise half a megabyte that only the scanner loads. */
export async function makeDetector(): Promise<Detector> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (Native && (await Native.getSupportedFormats()).includes("qr_code")) return new Native({ formats: ["qr_code"] });
  const { ponyfilled } = await import("./ponyfill");
  return ponyfilled();
}
