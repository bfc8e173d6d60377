import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import type { Detector } from "./detector";

/** A reader for browsers without their own, from our own origin. It is handed its bytes: not every host names their type right. */
export async function ponyfilled(): Promise<Detector> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`the reader of codes: ${response.status}`);
  const wasmBinary = await response.arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return new BarcodeDetector({ formats: ["qr_code"] });
}
