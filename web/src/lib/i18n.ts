import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { deviceStorage } from "./storage";

export const LANGUAGES = [
  { code: "en", name: "English", locale: "en-IN" },
  { code: "hi", name: "हिन्दी", locale: "hi-IN" },
] as const;

export type Language = (typeof LANGUAGES)[number]["code"];
/** One per feature, loaded with it. */
export type Namespace =
  | "common"
  | "problems"
  | "discover"
  | "seat-map"
  | "checkout"
  | "tickets"
  | "account"
  | "organizer"
  | "admin"
  | "door";

const STORED = "frontrow.language";
const catalogues = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*/*.json");

const files: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = catalogues[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no catalogue ${language}/${namespace}`), null);
    load().then(
      ({ default: catalogue }) => done(null, catalogue),
      (error: Error) => done(error, null),
    );
  },
};

let begin: () => void;
const started = new Promise<void>((resolve) => {
  begin = resolve;
});

/** Loads what every page says, in the language that was chosen here or that the browser asks for. */
export async function startI18n(): Promise<void> {
  await i18next
    .use(files)
    .use(initReactI18next)
    .init({
      lng: preferred(),
      fallbackLng: "en",
      ns: ["common", "problems"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  follow(i18next.language as Language);
  begin();
}

export function language(): Language {
  return (i18next.language ?? "en") as Language;
}

/** For `Intl`. */
export function locale(): string {
  return LANGUAGES.find(({ code }) => code === language())?.locale ?? "en-IN";
}

export async function setLanguage(code: Language): Promise<void> {
  deviceStorage.write(STORED, code);
  await i18next.changeLanguage(code);
  follow(code);
}

/** Fetches what these say. The files are on their way before it is known how to read them. */
export async function loadNamespaces(...namespaces: Namespace[]): Promise<void> {
  for (const namespace of namespaces) {
    // One that does not come is asked for again below, and complained about there.
    catalogues[`../locales/${preferred()}/${namespace}.json`]?.().catch(() => {});
  }
  await started;
  await i18next.loadNamespaces(namespaces);
}

function follow(code: Language): void {
  document.documentElement.lang = LANGUAGES.find((one) => one.code === code)?.locale ?? code;
  // The Devanagari face is fetched by those who read it.
  if (code === "hi") void import("../styles/devanagari");
}

function preferred(): Language {
  const known = (code: string | null) => LANGUAGES.find((one) => one.code === code)?.code;
  const asked = navigator.languages.map((tag) => known(tag.split("-")[0] ?? "")).find(Boolean);
  return known(deviceStorage.read(STORED)) ?? asked ?? "en";
}
