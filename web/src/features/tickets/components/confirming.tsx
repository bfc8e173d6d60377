import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Spinner } from "@/ui/spinner";

/** From here on we say that it takes longer than it should. */
const SLOW_MS = 20_000;

/** How far a payment is whose confirmation is slow. Nothing has to be done; the page asks by itself. */
export function Confirming() {
  const { t } = useTranslation("tickets");
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-2">
        <li className="flex items-center gap-3">
          <Check aria-hidden className="size-5 text-good" />
          {t("confirming.paid")}
        </li>
        <li className="flex items-center gap-3 font-semibold">
          <Spinner className="text-velvet" />
          {t("confirming.booking")}
        </li>
        <li className="flex items-center gap-3 text-muted">
          <span aria-hidden className="size-5 rounded-full border-2 border-edge" />
          {t("confirming.tickets")}
        </li>
      </ol>
      <p role="status" className="text-muted">
        {slow ? t("confirming.slow") : t("confirming.safe")}
      </p>
    </div>
  );
}
