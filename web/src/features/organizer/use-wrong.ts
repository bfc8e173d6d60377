import { useTranslation } from "react-i18next";

/** Says what is wrong with a field: our own words by their code, the server's as they are. */
export function useWrong(
  group: "form" | "venue" | "coupon" | "settings",
): (message: string | undefined) => string | undefined {
  const { t, i18n } = useTranslation("organizer");
  return (message) => {
    if (!message) return undefined;
    const key = `organizer:${group}.wrong.${message}`;
    return i18n.exists(key) ? i18n.t(key as never) : t("form.refused", { detail: message });
  };
}
