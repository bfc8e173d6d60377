import { memo, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import { money } from "@/lib/money";
import { Button } from "@/ui/button";
import type { PlanRow, PlanSection } from "../model/plan";
import { BLOCKED, FREE, HELD, type Seats } from "../model/seats";
import { levelColour } from "../renderer/palette";
import { estimate, sectionPrice, useRoom, useSeats } from "../room";
import { usePlaceName } from "../use-place-name";
import { useRoving } from "../use-roving";
import { PlaceSymbol, type SymbolKind } from "./symbol";

/** So many rows at first, and more of them at a time. */
const ROWS_SHOWN = 40;

/** The rows of a section, seat by seat. The arrow keys move along a row and from row to row. */
export function SeatGrid({ section }: { section: PlanSection }) {
  const { t } = useTranslation("seat-map");
  const room = useRoom();
  const { seats } = room;
  const [shown, setShown] = useState(ROWS_SHOWN);
  const toggle = useToggle();
  const rows = seats.plan.rowsOf(section).slice(0, shown);
  const last = rows.at(-1);
  const count = last ? last.first + last.places - section.first : 0;
  const roving = useRoving(count, (from, key) => moved(seats, section, from, key));
  return (
    <div className="flex flex-col gap-3">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid gets the arrow keys from screen readers
        role="grid"
        aria-label={t("list.seatsOf", { section: section.name })}
        aria-rowcount={section.rows}
        onKeyDown={roving.onKeyDown}
        className="block"
      >
        <tbody className="flex flex-col gap-2">
          {rows.map((row, index) => (
            <Row
              key={row.index}
              row={row}
              number={index + 1}
              level={section.level}
              price={money(sectionPrice(room, section))}
              current={inRow(row, section, roving.current)}
              item={roving.item}
              offset={row.first - section.first}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
      {shown < section.rows && (
        <Button kind="secondary" onClick={() => setShown(shown + ROWS_SHOWN)}>
          {t("list.moreRows")}
        </Button>
      )}
    </div>
  );
}

function inRow(row: PlanRow, section: PlanSection, current: number): number {
  const offset = current + section.first - row.first;
  return offset >= 0 && offset < row.places ? offset : -1;
}

/** Where a key leads: along the row, to the same seat of another row, or to the row's end. */
function moved({ plan }: Seats, section: PlanSection, from: number, key: string): number | undefined {
  const row = plan.row(section.first + from);
  const offset = section.first + from - row.first;
  const inside = (index: number) => {
    const other = plan.rows[row.index + index];
    if (!other || other.section !== section.index) return undefined;
    return other.first + Math.min(offset, other.places - 1) - section.first;
  };
  switch (key) {
    case "ArrowRight":
      return from + 1;
    case "ArrowLeft":
      return from - 1;
    case "ArrowDown":
      return inside(1);
    case "ArrowUp":
      return inside(-1);
    case "Home":
      return row.first - section.first;
    case "End":
      return row.first + row.places - 1 - section.first;
  }
}

/** Chooses a place or leaves it, and says so. One by one: whoever reads a list knows which seat they want. */
function useToggle(): (place: number) => void {
  const { t } = useTranslation("seat-map");
  const room = useRoom();
  const { seats, party = 1, say, hold } = room;
  const name = usePlaceName(seats.plan);
  return (place) => {
    const chosen = seats.chosen.includes(place);
    if (hold.hold) return say(t("said.held"));
    if (!chosen && !seats.isFree(place)) return say(t("said.taken", { place: name.full(place) }));
    if (!chosen && seats.chosen.length >= party) return say(t("said.enough", { count: party }));
    seats.toggle(place);
    const [count, sum] = [seats.chosen.length, money(estimate(room, seats.chosen))];
    say(t(chosen ? "said.left" : "said.chosen", { place: name.full(place), count, party, sum }));
  };
}

interface RowProps {
  row: PlanRow;
  /** Its place in the section, from 1. */
  number: number;
  level: number;
  price: string;
  /** Which seat of it is the tab stop; -1 for none. */
  current: number;
  item: ReturnType<typeof useRoving>["item"];
  offset: number;
  onToggle: (place: number) => void;
}

/** A row is drawn anew when something in it changes, or the tab stop comes or goes. */
const Row = memo(
  function Row({ row, number, level, price, item, offset, onToggle }: RowProps) {
    const { t } = useTranslation("seat-map");
    const { seats } = useRoom();
    useSeats(
      seats,
      useCallback((all: Seats) => all.stamp(row.index), [row]),
    );
    const places = Array.from({ length: row.places }, (_, index) => row.first + index);
    return (
      <tr aria-rowindex={number} className="relative flex flex-wrap gap-1 pl-16">
        <th scope="row" className="absolute top-3 left-0 text-left text-sm font-semibold text-muted">
          {t("list.row", { row: row.label })}
        </th>
        {places.map((place, index) => {
          const kind = kindOf(seats, place);
          const taken = kind !== "free" && kind !== "chosen";
          const label = t("list.seat", { row: row.label, number: index + 1, price, state: t(`state.${kind}`) });
          return (
            <td key={place}>
              <button
                type="button"
                aria-pressed={kind === "chosen" || kind === "own"}
                aria-disabled={taken}
                aria-label={label}
                onClick={() => onToggle(place)}
                className={classes(
                  "relative grid size-11 scroll-mt-24 scroll-mb-56 lg:scroll-mb-4 place-items-center rounded-xl border text-sm font-semibold tabular-nums",
                  kind === "chosen" && "border-velvet bg-velvet text-on-velvet",
                  kind === "own" && "border-on-marigold bg-marigold text-on-marigold",
                  kind === "free" && "border-2 bg-surface text-ink hover:bg-raised",
                  taken && kind !== "own" && "border-transparent bg-raised text-muted",
                )}
                style={kind === "free" ? { borderColor: levelColour(level) } : undefined}
                {...item(offset + index)}
              >
                {kind === "free" ? index + 1 : <PlaceSymbol kind={kind} level={level} className="size-6" />}
              </button>
            </td>
          );
        })}
      </tr>
    );
  },
  (before, after) => before.row === after.row && before.current === after.current && before.price === after.price,
);

function kindOf(seats: Seats, place: number): SymbolKind {
  if (seats.chosen.includes(place)) return "chosen";
  if (seats.own.includes(place)) return "own";
  const state = seats.states[place];
  return state === FREE ? "free" : state === HELD ? "held" : state === BLOCKED ? "blocked" : "sold";
}
