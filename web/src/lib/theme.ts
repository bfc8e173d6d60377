import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const STORED = "frontrow.theme";
const listeners = new Set<() => void>();

/** What was chosen here. `public/theme.js` does the same before the first paint. */
export function theme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(chosen: Theme): void {
  if (chosen === "system") {
    localStorage.removeItem(STORED);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(STORED, chosen);
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
