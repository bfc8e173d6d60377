import { useSyncExternalStore } from "react";
import { deviceStorage } from "./storage";

export type Theme = "system" | "light" | "dark";

const STORED = "frontrow.theme";
const listeners = new Set<() => void>();

/** What was chosen here. `public/theme.js` does the same before the first paint. */
export function theme(): Theme {
  const stored = deviceStorage.read(STORED);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(chosen: Theme): void {
  if (chosen === "system") {
    deviceStorage.remove(STORED);
    delete document.documentElement.dataset.theme;
  } else {
    deviceStorage.write(STORED, chosen);
    document.documentElement.dataset.theme = chosen;
  }
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
}

/** Whether the page is dark, by choice or by the system. */
export function isDark(): boolean {
  const chosen = theme();
  return chosen === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}
