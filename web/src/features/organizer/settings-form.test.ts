import { describe, expect, it } from "vitest";
import type { Schema } from "@/lib/api";
import { type SettingsForm, settingsBody, settingsFieldOf, settingsOf, settingsSchema } from "./settings-form";

const organization: Schema["OrganizationView"] = {
  organizationId: "org_1",
  name: "Demo Productions",
  region: "IN-MH",
  tax: { scheme: "GST_INDIA", rate: 1800, registration: "27AAACF0000A1ZT" },
  feeRate: 250,
  invoicePrefix: "FR",
  refundTerms: {
    steps: [
      { untilHours: 48, rate: 10_000 },
      { untilHours: 0, rate: 5_000 },
    ],
    feeBack: true,
  },
};

function wrongs(given: Partial<SettingsForm>): string[] {
  const read = settingsSchema.safeParse({ ...settingsOf(organization), ...given });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the form of an organization's settings", () => {
  it("is sent as it came if nothing was changed", () => {
    const { organizationId: _, ...rest } = organization;
    expect(settingsBody(settingsOf(organization))).toEqual({ ...rest, legalName: null, address: null });
  });

  it("sends of a tax only what its scheme has", () => {
    const form = settingsOf(organization);
    expect(settingsBody({ ...form, scheme: "NONE" }).tax).toEqual({ scheme: "NONE" });
    expect(settingsBody({ ...form, scheme: "OTHER", taxLabel: "VAT", taxRate: "7.7", registration: "" }).tax).toEqual({
      scheme: "OTHER",
      rate: 770,
      label: "VAT",
    });
  });

  it("says of every field what is wrong with it", () => {
    expect(wrongs({})).toEqual([]);
    expect(wrongs({ name: "" })).toEqual(["name: required"]);
    expect(wrongs({ invoicePrefix: "LONG" })).toEqual(["invoicePrefix: prefix"]);
    expect(wrongs({ feeRate: "50.01" })).toEqual(["feeRate: rate"]);
    expect(wrongs({ scheme: "OTHER" })).toEqual(["taxLabel: required"]);
    const rising = [
      { untilHours: "0", rate: "50" },
      { untilHours: "48", rate: "100" },
    ];
    expect(wrongs({ steps: rising })).toEqual(["steps.1.untilHours: falling"]);
    expect(wrongs({ steps: [{ untilHours: "9000", rate: "0" }] })).toEqual([
      "steps.0.untilHours: hours",
      "steps.0.rate: share",
    ]);
    expect(settingsFieldOf("/tax/registration")).toBe("registration");
    expect(settingsFieldOf("/refundTerms/steps")).toBe("steps");
  });
});
