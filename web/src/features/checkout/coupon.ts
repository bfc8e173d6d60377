import type { Schema } from "@/lib/api";
import { money } from "@/lib/money";
import { asProblem } from "@/lib/problem";
import { dayAndTime, ownZone } from "@/lib/time";

/** Why a coupon was refused (docs/problems.md). */
export const COUPON_REASONS = [
  "UNKNOWN",
  "NOT_YET_VALID",
  "EXPIRED",
  "DISABLED",
  "OTHER_EVENT",
  "BELOW_MINIMUM",
  "OTHER_CURRENCY",
  "USED_UP",
  "USED_BY_YOU",
] as const;

export interface CouponRefusal {
  reason: (typeof COUPON_REASONS)[number];
  /** What the reason speaks of, as people read it. */
  values: { from: string; until: string; minimum: string };
}

/** The refusal that a problem tells of; undefined if it is about something else. */
export function couponRefusal(error: unknown): CouponRefusal | undefined {
  const { kind, members } = asProblem(error);
  if (kind !== "coupon-refused") return undefined;
  const reason = COUPON_REASONS.find((one) => one === members.reason) ?? "UNKNOWN";
  const moment = (at: unknown) => (typeof at === "string" ? dayAndTime(at, ownZone()) : "");
  return {
    reason,
    values: {
      from: moment(members.validFrom),
      until: moment(members.validUntil),
      minimum: isMoney(members.minimum) ? money(members.minimum) : "",
    },
  };
}

function isMoney(value: unknown): value is Schema["Money"] {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}
