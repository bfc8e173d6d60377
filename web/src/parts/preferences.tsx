import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, language, setLanguage } from "@/lib/i18n";
import { setTheme, type Theme, useTheme } from "@/lib/theme";
import { SelectField } from "@/ui/field";

/** In which language everything is said. */
export function LanguageSelect() {
  const { t } = useTranslation();
  return (
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
  );
}

/** Light, dark, or as the device has it. */
export function ThemeSelect() {
  const { t } = useTranslation();
  const theme = useTheme();
  return (
    <SelectField label={t("theme.label")} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
      <option value="system">{t("theme.system")}</option>
      <option value="light">{t("theme.light")}</option>
      <option value="dark">{t("theme.dark")}</option>
    </SelectField>
  );
}
