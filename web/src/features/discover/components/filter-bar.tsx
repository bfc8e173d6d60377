import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, SelectField } from "@/ui/field";
import { citiesQuery } from "../api/cities";
import { CATEGORIES, type FilterName, type Filters, namedDates, setFilters, without } from "../model";
import { useFilterName } from "./use-filter-name";

/** What is looked for, to change and to take away. */
export function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation(["discover", "common"]);
  const cities = useQuery(citiesQuery());
  const named = namedDates().find(({ from, to }) => from === filters.from && to === filters.to);
  const [ownDates, setOwnDates] = useState(false);
  const picking = ownDates || (!named && Boolean(filters.from || filters.to));

  function pickDates(choice: string) {
    setOwnDates(choice === "own");
    const dates = namedDates().find(({ name }) => name === choice);
    if (choice !== "own") onChange({ ...without(filters, "dates"), ...(dates && { from: dates.from, to: dates.to }) });
  }

  const withDate = (name: "from" | "to", value: string) => {
    const { [name]: _, ...rest } = filters;
    onChange({ ...rest, ...(value && { [name]: value }) });
  };

  return (
    <section
      aria-label={t("discover:filter.label")}
      className="mb-6 rounded-3xl border border-line bg-surface p-4 shadow-soft"
    >
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label={t("discover:filter.category")}
          value={filters.category ?? ""}
          onChange={({ target }) => {
            const category = CATEGORIES.find((known) => known === target.value);
            onChange({ ...without(filters, "category"), ...(category && { category }) });
          }}
        >
          <option value="">{t("discover:filter.anyCategory")}</option>
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {t(`common:category.${category}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("discover:filter.city")}
          value={filters.city ?? ""}
          onChange={({ target }) =>
            onChange({ ...without(filters, "city"), ...(target.value && { city: target.value }) })
          }
        >
          <option value="">{t("discover:filter.anyCity")}</option>
          {[...new Set([...(cities.data ?? []), ...(filters.city ? [filters.city] : [])])].map((city) => (
            <option key={city}>{city}</option>
          ))}
        </SelectField>
        <SelectField
          label={t("discover:filter.dates")}
          value={picking ? "own" : (named?.name ?? "")}
          onChange={({ target }) => pickDates(target.value)}
        >
          <option value="">{t("discover:filter.anyDate")}</option>
          {namedDates().map(({ name }) => (
            <option key={name} value={name}>
              {t(`discover:dates.${name}`)}
            </option>
          ))}
          <option value="own">{t("discover:dates.own")}</option>
        </SelectField>
        <PriceField filters={filters} onChange={onChange} />
        {picking && (
          <>
            <Field
              type="date"
              label={t("discover:filter.from")}
              value={filters.from ?? ""}
              onChange={({ target }) => withDate("from", target.value)}
            />
            <Field
              type="date"
              label={t("discover:filter.to")}
              min={filters.from}
              value={filters.to ?? ""}
              onChange={({ target }) => withDate("to", target.value)}
            />
          </>
        )}
      </div>
      <Chips filters={filters} onChange={onChange} />
    </section>
  );
}

/** Typed in peace, applied when left or with Enter. */
function PriceField({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation("discover");
  const [text, setText] = useState(filters.maxPrice ? String(filters.maxPrice) : "");
  useEffect(() => setText(filters.maxPrice ? String(filters.maxPrice) : ""), [filters.maxPrice]);

  function apply() {
    const price = Number(text);
    const maxPrice = Number.isInteger(price) && price > 0 ? price : undefined;
    if (maxPrice !== filters.maxPrice) onChange({ ...without(filters, "maxPrice"), ...(maxPrice && { maxPrice }) });
  }

  return (
    <Field
      type="number"
      inputMode="numeric"
      min={1}
      step={1}
      label={t("filter.maxPrice")}
      placeholder={t("filter.anyPrice")}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === "Enter" && apply()}
    />
  );
}

function Chips({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation("discover");
  const names = setFilters(filters);
  const say = useFilterName(filters);
  if (names.length === 0) return null;
  const take = (name: FilterName) => onChange(without(filters, name));
  return (
    <ul className="mt-4 flex flex-wrap gap-2">
      {names.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => take(name)}
            aria-label={t("filter.remove", { filter: say(name) })}
            className="flex min-h-11 items-center gap-2 rounded-full bg-velvet px-4 font-semibold text-on-velvet hover:bg-velvet-strong"
          >
            {say(name)}
            <X aria-hidden className="size-4" />
          </button>
        </li>
      ))}
      {names.length > 1 && (
        <li>
          <button
            type="button"
            onClick={() => onChange({})}
            className="min-h-11 px-3 font-semibold text-velvet underline underline-offset-4"
          >
            {t("filter.clear")}
          </button>
        </li>
      )}
    </ul>
  );
}
