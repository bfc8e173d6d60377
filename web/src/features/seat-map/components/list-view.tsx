import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { Badge } from "@/ui/badge";
import type { PlanSection } from "../model/plan";
import { leftOf, levelName, sectionPrice, useRoom, useSeats } from "../room";
import { useRoving } from "../use-roving";
import { SeatGrid } from "./seat-grid";
import { StandingPicker } from "./standing-picker";
import { PlaceSymbol } from "./symbol";

/** The hall in words: section, row, seat. All that the map can do, without it. */
export function ListView() {
  const { t } = useTranslation("seat-map");
  const { seats } = useRoom();
  const { sections } = seats.plan;
  const [open, setOpen] = useState<number | undefined>(sections.length === 1 ? 0 : undefined);
  const roving = useRoving(sections.length, (from, key) => {
    if (key === "ArrowDown") return from + 1;
    if (key === "ArrowUp") return from - 1;
    if (key === "Home") return 0;
    if (key === "End") return sections.length - 1;
  });
  return (
    <section aria-labelledby="sections">
      <h2 id="sections" className="sr-only">
        {t("list.sections")}
      </h2>
      <p className="mb-3 text-sm text-muted pointer-coarse:hidden">{t("list.help")}</p>
      <ul className="flex flex-col gap-2">
        {sections.map((section) => (
          <li key={section.code} className="rounded-2xl border border-line bg-surface">
            <SectionHeader
              section={section}
              open={open === section.index}
              onToggle={() => setOpen(open === section.index ? undefined : section.index)}
              onKeyDown={roving.onKeyDown}
              item={roving.item(section.index)}
            />
            {open === section.index && (
              <div id={`section-${section.code}`} className="border-t border-line p-3 sm:p-4">
                {section.standing ? <StandingPicker area={section} /> : <SeatGrid section={section} />}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SectionHeader({
  section,
  open,
  onToggle,
  onKeyDown,
  item,
}: {
  section: PlanSection;
  open: boolean;
  onToggle: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
  item: ReturnType<ReturnType<typeof useRoving>["item"]>;
}) {
  const { t } = useTranslation("seat-map");
  const room = useRoom();
  const left = useSeats(room.seats, leftOf)[section.index] ?? 0;
  const level = levelName(room.seats.plan.level(section).level);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <h3>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? `section-${section.code}` : undefined}
        onClick={onToggle}
        onKeyDown={onKeyDown}
        className="flex min-h-14 w-full scroll-mt-24 scroll-mb-56 lg:scroll-mb-4 flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl px-4 py-2 text-left hover:bg-raised"
        {...item}
      >
        <Chevron aria-hidden className="size-5 shrink-0" />
        <PlaceSymbol kind="free" level={section.level} />
        <span className="mr-auto min-w-0 font-semibold">
          {section.name}{" "}
          {level.toLowerCase() !== section.name.toLowerCase() && (
            <span className="font-normal text-muted">{level}</span>
          )}
        </span>
        <span className="ml-auto flex items-center gap-3">
          <span className="font-semibold tabular-nums">{money(sectionPrice(room, section))}</span>
          <Badge tone={left === 0 ? "plain" : "good"}>
            {left === 0 ? t("map.soldOut") : t("map.left", { count: left })}
          </Badge>
        </span>
      </button>
    </h3>
  );
}
