import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ownEventQuery } from "@/api/own-events";
import { useAction } from "@/api/use-action";
import { idempotencyKey } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { ownZone } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Field, SelectField } from "@/ui/field";
import { toast } from "@/ui/toast";
import { couponsQuery, createCoupon } from "../api/coupons";
import { type CouponForm, couponBody, couponFieldOf, couponSchema, emptyCoupon } from "../coupon-form";
import { CURRENCIES } from "../event-form";
import { useWrong } from "../use-wrong";

/** Makes a coupon, for all events or for the one that was asked for. Its terms stay as they are. */
export function NewCoupon({ eventId, onDone }: { eventId: string | undefined; onDone: () => void }) {
  const { t } = useTranslation("organizer");
  const wrong = useWrong("coupon");
  const queries = useQueryClient();
  const key = useRef({ body: "", header: idempotencyKey() });
  const event = useQuery({ ...ownEventQuery(eventId ?? ""), enabled: eventId !== undefined });
  const { register, control, formState, handleSubmit, setError } = useForm<CouponForm>({
    resolver: zodResolver(couponSchema),
    defaultValues: emptyCoupon(),
  });
  const { errors } = formState;
  const benefit = useWatch({ control, name: "benefit" });
  const create = useAction({
    mutationFn: (form: CouponForm) => {
      const body = couponBody(form, eventId, ownZone());
      const text = JSON.stringify(body);
      if (key.current.body !== text) key.current = { body: text, header: idempotencyKey() };
      return createCoupon(body, key.current.header);
    },
    onSuccess: ({ code }) => {
      toast(t("coupon.created", { code }));
      void queries.invalidateQueries({ queryKey: couponsQuery().queryKey });
      onDone();
    },
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.kind === "state-conflict") setError("code", { type: "server", message: "taken" });
      for (const { pointer, detail } of problem.errors) {
        const field = couponFieldOf(pointer);
        if (field) setError(field, { type: "server", message: detail });
      }
    },
  });
  const conflict = create.error && asProblem(create.error).kind === "state-conflict";
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={handleSubmit((form) => create.run(form))}>
      {eventId && <p className="text-muted">{t("coupon.only", { title: event.data?.title ?? "…" })}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          className="sm:col-span-2"
          label={t("coupon.code")}
          hint={t("coupon.codeHint")}
          autoCapitalize="characters"
          autoComplete="off"
          error={wrong(errors.code?.message)}
          {...register("code")}
        />
        <SelectField label={t("coupon.benefit")} {...register("benefit")}>
          <option value="rate">{t("coupon.rate")}</option>
          <option value="amount">{t("coupon.amount")}</option>
        </SelectField>
        <Field
          label={benefit === "rate" ? t("coupon.percent") : t("coupon.amountOff")}
          inputMode="decimal"
          error={wrong(errors.value?.message)}
          {...register("value")}
        />
        <Field
          label={t("coupon.minimum")}
          hint={t("coupon.mayBeEmpty")}
          inputMode="decimal"
          error={wrong(errors.minimum?.message)}
          {...register("minimum")}
        />
        <SelectField label={t("form.currency")} {...register("currency")}>
          {CURRENCIES.map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </SelectField>
        <Field
          type="datetime-local"
          label={t("coupon.validFrom")}
          hint={t("coupon.mayBeEmpty")}
          error={wrong(errors.validFrom?.message)}
          {...register("validFrom")}
        />
        <Field
          type="datetime-local"
          label={t("coupon.validUntil")}
          hint={t("coupon.mayBeEmpty")}
          error={wrong(errors.validUntil?.message)}
          {...register("validUntil")}
        />
        <Field
          label={t("coupon.usesMax")}
          hint={t("coupon.mayBeEmpty")}
          inputMode="numeric"
          error={wrong(errors.usesMax?.message)}
          {...register("usesMax")}
        />
        <Field
          label={t("coupon.usesPerUserMax")}
          hint={t("coupon.mayBeEmpty")}
          inputMode="numeric"
          error={wrong(errors.usesPerUserMax?.message)}
          {...register("usesPerUserMax")}
        />
      </div>
      {create.isError && !conflict && <ProblemNotice error={create.error} />}
      <div className="flex justify-end">
        <Button type="submit" busy={create.isPending}>
          {t("coupon.create")}
        </Button>
      </div>
    </form>
  );
}
