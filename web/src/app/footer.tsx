import { useTranslation } from "react-i18next";
import { Logo } from "@/parts/logo";
import { LanguageSelect, ThemeSelect } from "@/parts/preferences";

/** Language and theme, on every page. */
export function Footer() {
  const { t } = useTranslation();
  return (
    <footer className="mt-12 border-t border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-end justify-between gap-6 px-4 py-8 sm:px-6">
        <div className="flex items-center gap-3">
          <Logo className="size-10" />
          <p className="max-w-xs text-sm text-muted">{t("promise")}</p>
        </div>
        <div className="flex flex-wrap gap-4">
          <LanguageSelect />
          <ThemeSelect />
        </div>
      </div>
    </footer>
  );
}
