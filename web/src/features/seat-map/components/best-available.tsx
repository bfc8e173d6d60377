import { Sparkles } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { CheckField, SelectField } from "@/ui/field";
import { levelName, useRoom } from "../room";

/** The server chooses, and holds at once. */
export function BestAvailable() {
  const { t } = useTranslation("seat-map");
  const { seats, party = 1, hold, sales } = useRoom();
  const [where, setWhere] = useState("");
  const [together, setTogether] = useState(true);
  const [aisle, setAisle] = useState(false);
  const [kind, value] = where.split(":");

  function ask() {
    hold.place({
      quantity: party,
      ...(kind === "section" && value && { section: value }),
      ...(kind === "level" && value && { priceLevel: value }),
      preferences: { together: together && party > 1, aisle },
    });
  }

  return (
    <section aria-labelledby="best" className="flex flex-col gap-3 rounded-3xl border border-line bg-surface p-4">
      <h2 id="best" className="text-lg font-bold">
        {t("best.title")}
      </h2>
      <Button kind="stage" wide busy={hold.placing} disabled={sales.state !== "open"} onClick={ask}>
        <Sparkles aria-hidden />
        {t("best.action", { count: party })}
      </Button>
      <details className="group">
        <summary className="flex min-h-11 items-center text-sm font-semibold text-velvet">{t("best.wishes")}</summary>
        <div className="flex flex-col gap-2 pt-1">
          <SelectField label={t("best.where")} value={where} onChange={(event) => setWhere(event.target.value)}>
            <option value="">{t("best.anywhere")}</option>
            <optgroup label={t("best.levels")}>
              {seats.plan.levels.map(({ level }) => (
                <option key={level} value={`level:${level}`}>
                  {levelName(level)}
                </option>
              ))}
            </optgroup>
            <optgroup label={t("best.sections")}>
              {seats.plan.sections.map(({ code, name }) => (
                <option key={code} value={`section:${code}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          </SelectField>
          {party > 1 && (
            <CheckField
              label={t("best.together")}
              checked={together}
              onChange={(event) => setTogether(event.target.checked)}
            />
          )}
          <CheckField label={t("best.aisle")} checked={aisle} onChange={(event) => setAisle(event.target.checked)} />
        </div>
      </details>
    </section>
  );
}
