import { api, ask, type idempotencyKey, type Schema } from "@/lib/api";
import { Problem } from "@/lib/problem";

export type NewImage = Schema["NewImageView"];
export type ImageFormat = Schema["ImageFormat"];

const UPLOAD_TIMEOUT_MS = 120_000;

/** Announces a picture; the answer says how to send its bytes. */
export function announceImage(
  eventId: string,
  body: Schema["CreateImage"],
  key: ReturnType<typeof idempotencyKey>,
): Promise<NewImage> {
  return ask(api.POST("/v1/events/{eventId}/images", { params: { path: { eventId }, header: key }, body }));
}

/** Sends a picture's bytes to where they are kept. `fetch` cannot say how far it is, so this is the older way. */
export function uploadImage({ upload }: NewImage, bytes: Blob, onProgress: (share: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", bytes);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", upload.url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Problem(refused(request.status), { status: request.status }));
    request.onerror = () => reject(new Problem("unreachable"));
    request.ontimeout = () => reject(new Problem("timed-out"));
    request.send(form);
  });
}

function refused(status: number) {
  if (status === 400 || status === 413) return "payload-too-large";
  return status === 403 ? "forbidden" : "internal";
}
