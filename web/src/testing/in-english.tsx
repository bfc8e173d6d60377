import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { MemoryRouter } from "react-router";

const files = import.meta.glob<{ default: Record<string, unknown> }>("../locales/en/*.json", { eager: true });
const words = Object.fromEntries(
  Object.entries(files).map(([file, { default: catalogue }]) => [file.replace(/^.*\/|\.json$/g, ""), catalogue]),
);

/** Draws something as a page would: in English, with a router and an empty memory of answers. */
export async function renderInEnglish(what: ReactNode, at = "/") {
  if (!i18next.isInitialized) {
    await i18next
      .use(initReactI18next)
      .init({ lng: "en", defaultNS: "common", resources: { en: words }, interpolation: { escapeValue: false } });
  }
  return render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { mutations: { retry: false } } })}>
      <MemoryRouter initialEntries={[at]}>{what}</MemoryRouter>
    </QueryClientProvider>,
  );
}
