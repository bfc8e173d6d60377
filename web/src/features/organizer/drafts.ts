import { deviceStorage } from "@/lib/storage";
import { type EventForm, eventShape } from "./event-form";

/** What was typed and not yet saved on the server, kept on this device: it outlives a reload, a crash and a dead battery. */
export interface LocalDraft {
  form: EventForm;
  keptAt: number;
}

/** One per person and event; `new` is the event that was never saved. */
function key(userId: string, eventId: string): string {
  return `frontrow.draft.${userId}.${eventId}`;
}

export function keepDraft(userId: string, eventId: string, form: EventForm): void {
  deviceStorage.write(key(userId, eventId), JSON.stringify({ form, keptAt: Date.now() }));
}

export function keptDraft(userId: string, eventId: string): LocalDraft | undefined {
  try {
    const { form, keptAt } = JSON.parse(deviceStorage.read(key(userId, eventId)) ?? "{}");
    const read = eventShape.safeParse(form);
    return read.success ? { form: read.data, keptAt: Number(keptAt) } : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(userId: string, eventId: string): void {
  deviceStorage.remove(key(userId, eventId));
}
