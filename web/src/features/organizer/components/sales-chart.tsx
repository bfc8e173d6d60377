import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { day } from "@/lib/time";
import type { Period } from "../api/sales";
import { type BookLine, salesByDay } from "../ledger";

const HEIGHT = 120;
const GAP = 0.2;

/** Sales of every day as bars, and the same figures as a table. */
export function SalesChart({
  lines,
  shows,
  currency,
  period,
}: {
  lines: readonly BookLine[];
  shows: ReadonlySet<string>;
  currency: string;
  period: Period;
}) {
  const { t } = useTranslation("organizer");
  const days = salesByDay(lines, shows, currency, period);
  const top = Math.max(1, ...days.map(({ amount }) => amount));
  const low = Math.min(0, ...days.map(({ amount }) => amount));
  const y = (amount: number) => ((top - amount) / (top - low)) * HEIGHT;
  return (
    <figure className="m-0">
      <figcaption className="mb-2 font-bold">{t("revenue.byDay")}</figcaption>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-32 w-full border-b border-line"
      >
        {days.map(({ day: date, amount }, index) => (
          <rect
            key={date}
            x={index + GAP / 2}
            width={1 - GAP}
            y={Math.min(y(amount), y(0))}
            height={Math.max(amount === 0 ? 0 : 1, Math.abs(y(amount) - y(0)))}
            className={amount < 0 ? "fill-marigold" : "fill-velvet"}
          />
        ))}
      </svg>
      <div aria-hidden className="flex justify-between text-sm text-muted">
        <span>{day(`${period.from}T00:00Z`, "UTC")}</span>
        <span>{day(`${period.to}T00:00Z`, "UTC")}</span>
      </div>
      <details className="mt-2">
        <summary className="inline-flex min-h-11 items-center font-semibold text-velvet">
          {t("revenue.asTable")}
        </summary>
        <table className="w-full max-w-md text-sm">
          <caption className="sr-only">{t("revenue.byDay")}</caption>
          <thead>
            <tr className="border-b border-line text-muted">
              <th scope="col" className="py-1.5 text-left font-semibold">
                {t("revenue.day")}
              </th>
              <th scope="col" className="py-1.5 text-right font-semibold">
                {t("revenue.net")}
              </th>
            </tr>
          </thead>
          <tbody>
            {days
              .filter(({ amount }) => amount !== 0)
              .map(({ day: date, amount }) => (
                <tr key={date} className="border-b border-line last:border-0">
                  <th scope="row" className="py-1.5 text-left font-normal">
                    {day(`${date}T00:00Z`, "UTC")}
                  </th>
                  <td className="py-1.5 text-right tabular-nums">{money({ amount, currency })}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
