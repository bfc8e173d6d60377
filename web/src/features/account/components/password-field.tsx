import { Check, Circle, Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { PASSWORD_RULES, type PasswordRule } from "../model";

/** A password, hidden until its owner wants to see it. `autoComplete` tells password managers which one it is. */
export function PasswordField({
  autoComplete,
  ...rest
}: Omit<ComponentProps<typeof Field>, "type" | "trailing"> & { autoComplete: "current-password" | "new-password" }) {
  const { t } = useTranslation("account");
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field
      {...rest}
      type={shown ? "text" : "password"}
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      trailing={
        <Button
          kind="quiet"
          size="icon"
          aria-label={shown ? t("field.hidePassword") : t("field.showPassword")}
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden />
        </Button>
      }
    />
  );
}

/** What a new password must have, said before, and ticked while it is typed. */
export function PasswordRules({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation("account");
  const rules = Object.keys(PASSWORD_RULES) as PasswordRule[];
  return (
    <div id={id} className="-mt-2 text-sm">
      <p className="text-muted">{t("rules.title")}</p>
      <ul className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
        {rules.map((rule) => {
          const met = PASSWORD_RULES[rule](text);
          const Icon = met ? Check : Circle;
          return (
            <li
              key={rule}
              className={classes("flex items-center gap-2", met ? "font-semibold text-good" : "text-muted")}
            >
              <Icon aria-hidden className="size-4 shrink-0" />
              {t(`rules.${rule}`)}
              <span className="sr-only">({met ? t("rules.met") : t("rules.unmet")})</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
