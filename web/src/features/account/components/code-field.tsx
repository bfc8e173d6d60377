import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/ui/field";

/** Six digits in one field: phones offer the code out of the message, and a code can be pasted with its spaces. */
export function CodeField(rest: Omit<ComponentProps<typeof Field>, "label">) {
  const { t } = useTranslation("account");
  return (
    <Field
      {...rest}
      label={t("field.code")}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck={false}
      style={{ fontSize: "1.5rem", letterSpacing: "0.3em", fontVariantNumeric: "tabular-nums" }}
    />
  );
}
