import * as z from "zod/mini";
import type { Schema } from "@/lib/api";
import { parsePercent, percentText } from "./percent";

type Organization = Schema["OrganizationView"];

/** The same limits as the server's (`domain::organization`, `domain::refund`). */
const RATE_MAX = 5_000;
export const STEPS_MAX = 8;
const HOURS_MAX = 8_760;

const shape = z.object({
  name: z.string(),
  legalName: z.string(),
  address: z.string(),
  region: z.string(),
  invoicePrefix: z.string(),
  feeRate: z.string(),
  scheme: z.enum(["GST_INDIA", "OTHER", "NONE"]),
  taxLabel: z.string(),
  taxRate: z.string(),
  registration: z.string(),
  steps: z.array(z.object({ untilHours: z.string(), rate: z.string() })),
  feeBack: z.boolean(),
});

export type SettingsForm = z.infer<typeof shape>;

/** What can be wrong with a field; `organizer:settings.wrong.*` has the words. */
export type SettingsWrong =
  | "required"
  | "tooLong"
  | "region"
  | "prefix"
  | "rate"
  | "hours"
  | "share"
  | "falling"
  | "tooMany";

export const settingsSchema = shape.check(({ value: form, issues }) => {
  const wrong = (path: (string | number)[], message: SettingsWrong) =>
    issues.push({ code: "custom", path, message, input: form });
  if (!form.name.trim()) wrong(["name"], "required");
  const lengths = [
    ["name", 120],
    ["legalName", 200],
    ["address", 300],
    ["taxLabel", 20],
    ["registration", 30],
  ] as const;
  for (const [member, max] of lengths) if ([...form[member].trim()].length > max) wrong([member], "tooLong");
  if (form.region && !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(form.region.trim())) wrong(["region"], "region");
  if (!/^[A-Z0-9]{1,3}$/.test(form.invoicePrefix.trim())) wrong(["invoicePrefix"], "prefix");
  const isRate = (text: string) => (parsePercent(text) ?? RATE_MAX + 1) <= RATE_MAX;
  if (!isRate(form.feeRate)) wrong(["feeRate"], "rate");
  if (form.scheme !== "NONE" && !isRate(form.taxRate)) wrong(["taxRate"], "rate");
  if (form.scheme === "OTHER" && !form.taxLabel.trim()) wrong(["taxLabel"], "required");
  if (form.steps.length > STEPS_MAX) wrong(["steps"], "tooMany");
  for (const [index, step] of form.steps.entries()) {
    if (!/^\d{1,4}$/.test(step.untilHours) || Number(step.untilHours) > HOURS_MAX)
      wrong(["steps", index, "untilHours"], "hours");
    if (!parsePercent(step.rate)) wrong(["steps", index, "rate"], "share");
    const before = form.steps[index - 1];
    const falls =
      !before ||
      (Number(before.untilHours) > Number(step.untilHours) &&
        (parsePercent(before.rate) ?? 0) > (parsePercent(step.rate) ?? 0));
    if (!falls) wrong(["steps", index, "untilHours"], "falling");
  }
});

export function settingsOf(organization: Organization): SettingsForm {
  const { tax } = organization;
  return {
    name: organization.name,
    legalName: organization.legalName ?? "",
    address: organization.address ?? "",
    region: organization.region ?? "",
    invoicePrefix: organization.invoicePrefix,
    feeRate: percentText(organization.feeRate),
    scheme: tax.scheme,
    taxLabel: tax.scheme === "OTHER" ? tax.label : "",
    taxRate: tax.scheme === "NONE" ? "" : percentText(tax.rate),
    registration: tax.scheme === "NONE" ? "" : (tax.registration ?? ""),
    steps: organization.refundTerms.steps.map(({ untilHours, rate }) => ({
      untilHours: String(untilHours),
      rate: percentText(rate),
    })),
    feeBack: organization.refundTerms.feeBack,
  };
}

/** What is sent of a form that was checked. */
export function settingsBody(form: SettingsForm): Schema["UpdateOrganization"] {
  return {
    name: form.name.trim(),
    legalName: form.legalName.trim() || null,
    address: form.address.trim() || null,
    region: form.region.trim() || null,
    invoicePrefix: form.invoicePrefix.trim(),
    feeRate: parsePercent(form.feeRate) ?? 0,
    tax: taxBody(form),
    refundTerms: {
      steps: form.steps.map(({ untilHours, rate }) => ({
        untilHours: Number(untilHours),
        rate: parsePercent(rate) ?? 0,
      })),
      feeBack: form.feeBack,
    },
  };
}

function taxBody({ scheme, taxLabel, taxRate, registration }: SettingsForm): Schema["TaxBody"] {
  if (scheme === "NONE") return { scheme };
  return {
    scheme,
    rate: parsePercent(taxRate) ?? 0,
    ...(scheme === "OTHER" && { label: taxLabel.trim() }),
    ...(registration.trim() && { registration: registration.trim() }),
  };
}

const FIELDS: Record<string, string> = {
  "tax/label": "taxLabel",
  "tax/rate": "taxRate",
  "tax/registration": "registration",
  "tax/scheme": "scheme",
};

/** The field that a problem's pointer means; undefined if it means none. */
export function settingsFieldOf(pointer: string): string | undefined {
  const path = pointer.slice(1);
  if (path.startsWith("refundTerms/steps")) return "steps";
  return FIELDS[path] ?? (Object.hasOwn(shape.shape, path) ? path : undefined);
}
