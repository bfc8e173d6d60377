import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/button";

export interface Turn {
  at: number;
  count: number;
  onTurn: (to: number) => void;
}

/** From one ticket of a booking to the next. */
export function Turner({ at, count, onTurn }: Turn) {
  const { t } = useTranslation("tickets");
  if (count < 2) return null;
  return (
    <div className="flex items-center gap-3">
      <Button
        kind="secondary"
        size="icon"
        aria-label={t("ticket.previous")}
        disabled={at === 0}
        onClick={() => onTurn(at - 1)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      <span aria-live="polite" className="min-w-16 text-center tabular-nums">
        {t("ticket.position", { at: at + 1, count })}
      </span>
      <Button
        kind="secondary"
        size="icon"
        aria-label={t("ticket.next")}
        disabled={at === count - 1}
        onClick={() => onTurn(at + 1)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </div>
  );
}
