import * as z from "zod/mini";
import type { Schema } from "@/lib/api";
import { parseAmount } from "@/lib/money";
import { fromWallClock } from "@/lib/time";
import { parsePercent } from "./percent";

/** The same limits as the server's (`domain::coupon`). */
const USES_MAX = 1_000_000;
const USES_PER_USER_MAX = 100;

const shape = z.object({
  code: z.string(),
  benefit: z.enum(["rate", "amount"]),
  value: z.string(),
  currency: z.string(),
  /** On the clocks of this device; may be empty. */
  validFrom: z.string(),
  validUntil: z.string(),
  minimum: z.string(),
  usesMax: z.string(),
  usesPerUserMax: z.string(),
});

export type CouponForm = z.infer<typeof shape>;

/** What can be wrong with a field; `organizer:coupon.wrong.*` has the words. */
export type CouponWrong = "code" | "rate" | "amount" | "order" | "uses" | "usesPerUser";

export const couponSchema = shape.check(({ value: form, issues }) => {
  const wrong = (path: keyof CouponForm, message: CouponWrong) =>
    issues.push({ code: "custom", path: [path], message, input: form });
  if (!/^[A-Za-z0-9-]{4,24}$/.test(form.code.trim())) wrong("code", "code");
  const isRate = form.benefit === "rate";
  if (!(isRate ? parsePercent(form.value) : parseAmount(form.value, form.currency)))
    wrong("value", isRate ? "rate" : "amount");
  if (form.validFrom && form.validUntil && form.validFrom >= form.validUntil) wrong("validUntil", "order");
  if (form.minimum && parseAmount(form.minimum, form.currency) === undefined) wrong("minimum", "amount");
  if (!isCount(form.usesMax, USES_MAX)) wrong("usesMax", "uses");
  if (!isCount(form.usesPerUserMax, USES_PER_USER_MAX)) wrong("usesPerUserMax", "usesPerUser");
});

/** Empty, or a whole number from 1 on. */
function isCount(text: string, max: number): boolean {
  return text === "" || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= max);
}

export function emptyCoupon(): CouponForm {
  return {
    code: "",
    benefit: "rate",
    value: "10",
    currency: "INR",
    validFrom: "",
    validUntil: "",
    minimum: "",
    usesMax: "",
    usesPerUserMax: "",
  };
}

/**
 * What is sent of a form that was checked.
 *
 * @param eventId the only event it is for, if not for all
 * @param zone of the device, on whose clocks the times are
 */
export function couponBody(form: CouponForm, eventId: string | undefined, zone: string): Schema["CreateCoupon"] {
  const money = (text: string) => ({ amount: parseAmount(text, form.currency) ?? 0, currency: form.currency });
  return {
    code: form.code.trim().toUpperCase(),
    ...(eventId && { eventId }),
    ...(form.benefit === "rate" ? { rate: parsePercent(form.value) ?? 0 } : { amount: money(form.value) }),
    ...(form.validFrom && { validFrom: fromWallClock(form.validFrom, zone) }),
    ...(form.validUntil && { validUntil: fromWallClock(form.validUntil, zone) }),
    ...(form.minimum && { minimum: money(form.minimum) }),
    ...(form.usesMax && { usesMax: Number(form.usesMax) }),
    ...(form.usesPerUserMax && { usesPerUserMax: Number(form.usesPerUserMax) }),
  };
}

/** The field that a problem's pointer means; undefined if it means none. */
export function couponFieldOf(pointer: string): keyof CouponForm | undefined {
  const [, first = ""] = pointer.split("/");
  if (first === "rate" || first === "amount") return "value";
  return Object.hasOwn(shape.shape, first) ? (first as keyof CouponForm) : undefined;
}
