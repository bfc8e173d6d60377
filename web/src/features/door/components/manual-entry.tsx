import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";

/** For a screen that is cracked, or a door without a camera. */
export function ManualEntry({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation("door");
  const [code, setCode] = useState("");
  return (
    <Card>
      <h2 className="text-xl font-bold">{t("manual.title")}</h2>
      <form
        className="mt-3 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!code.trim()) return;
          onCode(code);
          setCode("");
        }}
      >
        <Field
          label={t("manual.label")}
          hint={t("manual.hint")}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
        />
        <Button type="submit" className="self-start">
          {t("manual.check")}
        </Button>
      </form>
    </Card>
  );
}
