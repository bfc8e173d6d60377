import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, language, setLanguage } from "@/lib/i18n";
import { setTheme, type Theme, useTheme } from "@/lib/theme";
import { Logo } from "@/parts/logo";
import { SelectField } from "@/ui/field";

/** Language and theme, on every page. */
export function Footer() {
  const { t } = useTranslation();
  const theme = useTheme();
  return (
    <footer className="mt-12 border-t border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-end justify-between gap-6 px-4 py-8 sm:px-6">
        <div className="flex items-center gap-3">
          <Logo className="size-10" />
          <p className="max-w-xs text-sm text-muted">{t("promise")}</p>
        </div>
        <div className="flex flex-wrap gap-4">
          <SelectField
            label={t("language")}
            value={language()}
            onChange={(event) => void setLanguage(event.target.value as Language)}
          >
            {LANGUAGES.map(({ code, name }) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("theme.label")}
            value={theme}
            onChange={(event) => setTheme(event.target.value as Theme)}
          >
            <option value="system">{t("theme.system")}</option>
            <option value="light">{t("theme.light")}</option>
            <option value="dark">{t("theme.dark")}</option>
          </SelectField>
        </div>
      </div>
    </footer>
  );
}
