import { useTranslation } from "react-i18next";
import { classes } from "@/lib/classes";
import type { PaymentProvider, ProviderId } from "../providers/provider";

/** Through whom to pay. */
export function ProviderChoice({
  offered,
  chosen,
  missing,
  onChange,
}: {
  offered: readonly PaymentProvider[];
  chosen: ProviderId;
  /** Whose script could not be had. */
  missing: ReadonlySet<ProviderId>;
  onChange: (id: ProviderId) => void;
}) {
  const { t } = useTranslation("checkout");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-semibold">{t("provider.choose")}</legend>
      {offered.map(({ id }) => (
        <label
          key={id}
          className={classes(
            "flex min-h-14 items-center gap-3 rounded-2xl border px-4 py-2",
            chosen === id ? "border-velvet bg-raised" : "border-edge",
          )}
        >
          <input
            type="radio"
            name="provider"
            className="size-5 shrink-0 accent-velvet"
            checked={chosen === id}
            onChange={() => onChange(id)}
          />
          <span className="min-w-0">
            <span className="block font-semibold">{t(`provider.${id}.name`)}</span>
            <span className="block text-sm text-muted">
              {missing.has(id) ? t("provider.missing") : t(`provider.${id}.how`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
