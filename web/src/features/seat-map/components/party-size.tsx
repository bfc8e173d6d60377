import { Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { SelectField } from "@/ui/field";
import { useRoom } from "../room";

function numbers(limit: number): number[] {
  return Array.from({ length: limit }, (_, index) => index + 1);
}

/** Asked before anything else: how many come decides which places are worth a look. */
export function AskPartySize() {
  const { t } = useTranslation("seat-map");
  const { show, setParty } = useRoom();
  return (
    <Card className="mx-auto flex max-w-2xl flex-col items-center gap-5 py-10 text-center">
      <Users aria-hidden className="size-10 text-velvet" />
      <h2 id="party" className="text-2xl font-bold">
        {t("party.ask")}
      </h2>
      <fieldset aria-labelledby="party" className="flex flex-wrap justify-center gap-2">
        {numbers(show.seatLimit).map((number) => (
          <Button
            key={number}
            kind="secondary"
            className="size-14 text-xl"
            aria-label={t("party.count", { count: number })}
            onClick={() => setParty(number)}
          >
            {number}
          </Button>
        ))}
      </fieldset>
      <p className="text-muted">{t("party.limit", { count: show.seatLimit })}</p>
    </Card>
  );
}

/** The answer, to be changed at any time. */
export function PartySize() {
  const { t } = useTranslation("seat-map");
  const { show, party, setParty } = useRoom();
  return (
    <SelectField
      bare
      label={t("party.label")}
      value={party}
      onChange={(event) => setParty(Number(event.target.value))}
      className="w-28 sm:w-36"
    >
      {numbers(show.seatLimit).map((number) => (
        <option key={number} value={number}>
          {t("party.count", { count: number })}
        </option>
      ))}
    </SelectField>
  );
}
