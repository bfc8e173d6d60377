import type { ImageFormat } from "./api/images";

export const FORMATS: readonly ImageFormat[] = ["image/jpeg", "image/png", "image/webp"];
export const BYTES_MAX = 10_000_000;
export const RATIO = 16 / 9;
/** Wide enough for the largest place that shows it, on a dense screen. */
const WIDTH_MAX = 1920;
/** Fewer pixels would look torn. */
export const WIDTH_MIN = 640;
export const ZOOM_MAX = 4;

/** Which part of a picture is taken: how near, and where between its edges (0 to 1). */
export interface Crop {
  zoom: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The part in the picture's own pixels: always 16:9, always inside. */
export function cropBox({ width, height }: Size, { zoom, x, y }: Crop) {
  const whole = width / height > RATIO ? { width: height * RATIO, height } : { width, height: width / RATIO };
  const part = { width: whole.width / zoom, height: whole.height / zoom };
  return { ...part, left: (width - part.width) * x, top: (height - part.height) * y };
}

/** The part after it was dragged by so many of its own pixels. */
export function dragged(size: Size, crop: Crop, byX: number, byY: number): Crop {
  const box = cropBox(size, crop);
  const along = (at: number, by: number, room: number) => (room <= 0 ? at : Math.min(1, Math.max(0, at - by / room)));
  return {
    ...crop,
    x: along(crop.x, byX, size.width - box.width),
    y: along(crop.y, byY, size.height - box.height),
  };
}

export type FileWrong = "format" | "tooLarge" | "unreadable" | "tooSmall";

/** What is wrong with a file before it is read, if anything. */
export function fileWrong(file: Pick<File, "type" | "size">): FileWrong | undefined {
  if (!FORMATS.includes(file.type as ImageFormat)) return "format";
  return file.size > BYTES_MAX ? "tooLarge" : undefined;
}

/** Draws the part into a canvas of any 16:9 size. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const box = cropBox(picture, crop);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, box.left, box.top, box.width, box.height, 0, 0, canvas.width, canvas.height);
}

/** The part as a file. Drawings stay drawings; photographs become JPEG, which every browser can write. */
export async function croppedFile(picture: ImageBitmap, crop: Crop, type: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(Math.min(WIDTH_MAX, cropBox(picture, crop).width));
  canvas.height = Math.round(canvas.width / RATIO);
  drawCrop(canvas, picture, crop);
  const format: ImageFormat = type === "image/png" ? "image/png" : "image/jpeg";
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, format, 0.88));
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}
