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
  try {
    localStorage.setItem(key(userId, eventId), JSON.stringify({ form, keptAt: Date.now() }));
  } catch {
    // A full or forbidden storage: the page still has everything.
  }
}

export function keptDraft(userId: string, eventId: string): LocalDraft | undefined {
  try {
    const { form, keptAt } = JSON.parse(localStorage.getItem(key(userId, eventId)) ?? "{}");
    const read = eventShape.safeParse(form);
    return read.success ? { form: read.data, keptAt: Number(keptAt) } : undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(userId: string, eventId: string): void {
  localStorage.removeItem(key(userId, eventId));
}
