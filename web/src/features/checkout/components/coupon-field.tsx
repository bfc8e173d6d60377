import { useQuery } from "@tanstack/react-query";
import { TicketPercent, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { asProblem } from "@/lib/problem";
import { useProblemText } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { quoteQuery } from "../api/quote";
import { couponRefusal } from "../coupon";

/** A coupon's code and at once what it takes off. `refusal` is what the server said when the booking was made with it. */
export function CouponField({
  showId,
  code,
  refusal,
  onChange,
}: {
  showId: string;
  code: string;
  refusal: unknown;
  onChange: (code: string) => void;
}) {
  const { t } = useTranslation(["checkout", "common"]);
  const problemText = useProblemText();
  const [typed, setTyped] = useState("");
  const preview = useQuery(quoteQuery(showId, code));

  const wrong = preview.error ?? (code === "" ? refusal : undefined);
  const refused = wrong ? couponRefusal(wrong) : undefined;
  const error = refused
    ? t(`coupon.refused.${refused.reason}`, refused.values)
    : wrong
      ? problemText(wrong)
      : undefined;

  if (code !== "" && preview.data) {
    return (
      <div className="flex items-center gap-3 rounded-2xl bg-good-soft py-1 pr-1 pl-4 text-good">
        <TicketPercent aria-hidden className="size-5 shrink-0" />
        <p role="status" className="min-w-0 flex-1 font-semibold">
          {t("coupon.applied", { code: code.toUpperCase(), amount: money(preview.data.discount) })}
        </p>
        <Button kind="quiet" size="icon" aria-label={t("coupon.remove")} onClick={() => onChange("")}>
          <X aria-hidden />
        </Button>
      </div>
    );
  }

  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = typed.trim();
        // The same code again may be good by now: asked anew.
        if (wanted && wanted === code) void preview.refetch();
        else if (wanted) onChange(wanted);
      }}
    >
      <Field
        className="min-w-40 flex-1"
        label={t("coupon.label")}
        value={typed}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        error={preview.isFetching ? undefined : error}
        onChange={(event) => {
          setTyped(event.target.value);
          if (code !== "" && asProblem(preview.error).kind === "coupon-refused") onChange("");
        }}
      />
      <Button type="submit" kind="secondary" className="mt-7" busy={preview.isFetching && code !== ""}>
        {t("coupon.apply")}
      </Button>
    </form>
  );
}
