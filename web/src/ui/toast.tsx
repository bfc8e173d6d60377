import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";

interface Toast {
  id: number;
  text: string;
}

/** Long enough to read twice; what must not be missed belongs on the page, not here. */
const SHOWN_MS = 6_000;

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

/** Says in passing that something happened. */
export function toast(text: string): void {
  const id = ++count;
  change([...toasts.filter((one) => one.text !== text), { id, text }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function dismiss(id: number): void {
  change(toasts.filter((one) => one.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear. There is one. */
export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section
      aria-live="polite"
      aria-label={t("messages")}
      className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4"
    >
      {shown.map(({ id, text }) => (
        <div
          key={id}
          className="pointer-events-auto flex items-center gap-2 rounded-2xl bg-ink py-1 pr-1 pl-4 text-paper shadow-high"
        >
          <span>{text}</span>
          <Button
            kind="quiet"
            size="icon"
            className="text-paper hover:bg-transparent hover:opacity-80"
            aria-label={t("close")}
            onClick={() => dismiss(id)}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
    </section>
  );
}
