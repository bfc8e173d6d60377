import { useTranslation } from "react-i18next";
import { STANDING_ROW, seatParts } from "@/lib/seat";

interface NamedSection {
  section: string;
  name: string;
}

/** Says a place as people do: `Stalls · Row A, seat 3`. Without the sections' names their codes have to do. */
export function useSeatName(sections: readonly NamedSection[] = []): (seat: string) => string {
  const { t } = useTranslation();
  return (seat) => {
    const { section, row, number } = seatParts(seat);
    const name = sections.find((one) => one.section === section)?.name ?? section;
    return `${name} · ${row === STANDING_ROW ? t("seat.standing") : t("seat.label", { row, number })}`;
  };
}
