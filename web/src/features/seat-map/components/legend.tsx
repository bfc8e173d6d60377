import { useTranslation } from "react-i18next";
import { allIn, money } from "@/lib/money";
import { levelName, useRoom } from "../room";
import { PlaceSymbol, type SymbolKind } from "./symbol";

const STATES: readonly SymbolKind[] = ["chosen", "own", "held", "sold", "blocked"];

/** What colours and shapes mean. */
export function Legend() {
  const { t } = useTranslation("seat-map");
  const { show, seats } = useRoom();
  return (
    <ul aria-label={t("legend.label")} className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
      {seats.plan.levels.map(({ level, price }, index) => (
        <li key={level} className="flex items-center gap-2">
          <PlaceSymbol kind="free" level={index} />
          {levelName(level)} <strong className="tabular-nums">{money(allIn(price, show))}</strong>
        </li>
      ))}
      {STATES.map((state) => (
        <li key={state} className="flex items-center gap-2 text-muted">
          <PlaceSymbol kind={state} />
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}
