import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { money } from "@/lib/money";

/** What a quote is made of; what is nothing is not mentioned. */
export function PriceBreakdown({ quote }: { quote: Schema["Quote"] }) {
  const { t } = useTranslation();
  const lines = [
    { name: t("price.subtotal"), amount: quote.subtotal },
    { name: t("price.discount"), amount: { ...quote.discount, amount: -quote.discount.amount } },
    { name: t("price.fee"), amount: quote.fee },
    { name: t("price.tax"), amount: quote.tax },
  ].filter(({ amount }, index) => index === 0 || amount.amount !== 0);
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
      {lines.map(({ name, amount }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right tabular-nums">{money(amount)}</dd>
        </div>
      ))}
      <div className="col-span-2 my-1 border-t border-line" />
      <dt className="text-lg font-bold">{t("price.total")}</dt>
      <dd className="text-right text-lg font-bold tabular-nums" data-testid="total">
        {money(quote.total)}
      </dd>
    </dl>
  );
}
