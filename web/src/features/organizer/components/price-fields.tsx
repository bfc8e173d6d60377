import { useQuery } from "@tanstack/react-query";
import { useFormContext, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { allIn, money, parseAmount } from "@/lib/money";
import { Field } from "@/ui/field";
import { organizationQuery } from "../api/events";
import type { EventForm } from "../event-form";
import { useWrong } from "../use-wrong";

/** A price for every price level of the venue, with what buyers pay in all. */
export function PriceFields({ index, levels }: { index: number; levels: readonly string[] }) {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("form");
  const { register, formState } = useFormContext<EventForm>();
  const currency = useWatch<EventForm, "currency">({ name: "currency" });
  const prices = useWatch<EventForm, `shows.${number}.prices`>({ name: `shows.${index}.prices` });
  const rates = useRates();
  const errors = formState.errors.shows?.[index]?.prices;

  const inAll = (text: string | undefined) => {
    const amount = parseAmount(text ?? "", currency);
    return amount === undefined || !rates
      ? undefined
      : t("form.buyersPay", { amount: money(allIn({ amount, currency }, rates)) });
  };
  return (
    <fieldset className="mt-4">
      <legend className="mb-2 text-sm font-semibold">{t("form.prices", { currency })}</legend>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {levels.map((level) => (
          <Field
            key={level}
            label={level}
            inputMode="decimal"
            autoComplete="off"
            hint={inAll(prices?.[level])}
            error={wrong(errors?.[level]?.message)}
            {...register(`shows.${index}.prices.${level}`)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Fee and tax that the organization adds to every price; undefined while they are not known. */
function useRates(): { feeRate: number; taxRate: number } | undefined {
  const { data } = useQuery(organizationQuery());
  return data && { feeRate: data.feeRate, taxRate: data.tax.scheme === "NONE" ? 0 : data.tax.rate };
}
