import { Armchair } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { money } from "@/lib/money";
import { PriceBreakdown } from "@/parts/price-breakdown";
import { Card } from "@/ui/card";

/** What is bought and what all of it costs. */
export function Order({
  seats,
  quote,
  seatName,
  children,
}: {
  seats: readonly Schema["PlaceView"][];
  quote: Schema["Quote"];
  seatName: (seat: string) => string;
  children?: React.ReactNode;
}) {
  const { t } = useTranslation("checkout");
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t("order.title")}</h2>
      <ul className="flex flex-col gap-2">
        {seats.map(({ seat, price }) => (
          <li key={seat} className="flex items-center gap-3">
            <Armchair aria-hidden className="size-5 shrink-0 text-velvet" />
            <span className="min-w-0 flex-1">{seatName(seat)}</span>
            <span className="tabular-nums">{money(price)}</span>
          </li>
        ))}
      </ul>
      {children}
      <div aria-live="polite">
        <PriceBreakdown quote={quote} />
      </div>
    </Card>
  );
}
