import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type account from "@/locales/en/account.json";

type Named = keyof (typeof account)["error"];

/** What is wrong with a field, in the reader's language: each field has one sentence that says what it wants. */
export function useFieldError<Input extends FieldValues, Output>(form: UseFormReturn<Input, unknown, Output>) {
  const { t } = useTranslation("account");
  const { errors } = form.formState;
  return (name: Path<Input> & Named): string | undefined => (errors[name] ? t(`error.${name as Named}`) : undefined);
}
