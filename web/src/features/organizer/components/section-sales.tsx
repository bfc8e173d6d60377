import { useTranslation } from "react-i18next";
import type { Schema } from "@/lib/api";
import { SoldBar } from "./sold-bar";

/** What is sold, held and free, section by section: bars for the eye, figures for everybody. */
export function SectionSales({ sections }: { sections: readonly Schema["SectionCountsView"][] }) {
  const { t } = useTranslation("organizer");
  const head = "py-1.5 pl-3 text-right font-semibold";
  const cell = "py-2 pl-3 text-right tabular-nums";
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm" data-testid="section-sales">
        <caption className="pb-2 text-left text-base font-bold">{t("sales.sections")}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="py-1.5 text-left font-semibold">
              {t("sales.section")}
            </th>
            <th scope="col" className={head}>
              {t("sales.sold")}
            </th>
            <th scope="col" className={head}>
              {t("sales.held")}
            </th>
            <th scope="col" className={head}>
              {t("sales.free")}
            </th>
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <tr key={section.section} className="border-b border-line last:border-0">
              <th scope="row" className="min-w-28 py-2 text-left font-normal">
                <span className="font-semibold">{section.name}</span>{" "}
                <span className="text-muted">{section.priceLevel}</span>
                <SoldBar counts={section} className="mt-1 h-2" />
              </th>
              <td className={cell}>{section.booked}</td>
              <td className={cell}>{section.held}</td>
              <td className={cell}>{section.available}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex flex-wrap gap-x-4 text-sm text-muted">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-3 rounded-sm bg-velvet" />
          {t("sales.sold")}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-3 rounded-sm bg-marigold" />
          {t("sales.held")}
        </span>
      </p>
    </div>
  );
}
