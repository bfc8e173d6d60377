import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import { idempotencyKey } from "@/lib/api";
import { amountText, money, parseAmount } from "@/lib/money";
import { asProblem } from "@/lib/problem";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import { cancelBooking, refundPart, type ShowBooking, showBookingsQuery } from "../api/sales";
import { leftOf } from "../sold";

type Kind = "part" | "all";

/** Gives money back: first what and how much, then what that means, then it is done. */
export function RefundDialog({ booking, onClose }: { booking: ShowBooking; onClose: () => void }) {
  const { t } = useTranslation(["organizer", "common"]);
  const { currency } = booking.quote.total;
  const canCancel = booking.status === "CONFIRMED";
  const [kind, setKind] = useState<Kind>("part");
  const [text, setText] = useState("");
  const [previewed, setPreviewed] = useState(false);
  const [asked, setAsked] = useState(false);
  const refund = useRefund(booking, onClose);
  const left = refund.left;
  const typed = kind === "all" ? left : parseAmount(text, currency);
  const wrong = typed === undefined || typed === 0 ? "amount" : typed > left ? "tooMuch" : undefined;
  const show = (amount: number) => money({ amount, currency });

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("refund.title", { number: booking.bookingNumber })}
      actions={
        previewed ? (
          <>
            <Button kind="secondary" onClick={() => setPreviewed(false)}>
              {t("common:back")}
            </Button>
            <Button kind="danger" busy={refund.isPending} onClick={() => typed && refund.run({ kind, amount: typed })}>
              {kind === "all" ? t("refund.confirmAll") : t("refund.confirm", { amount: show(typed ?? 0) })}
            </Button>
          </>
        ) : (
          <Button
            onClick={() => {
              setAsked(true);
              if (!wrong) setPreviewed(true);
            }}
          >
            {t("refund.preview")}
          </Button>
        )
      }
    >
      {previewed ? (
        <Preview booking={booking} left={left} amount={typed ?? 0} kind={kind} />
      ) : (
        <>
          {canCancel && (
            <fieldset className="flex flex-col gap-1">
              <legend className="sr-only">{t("refund.kind")}</legend>
              {(["part", "all"] as const).map((one) => (
                <label key={one} className="flex min-h-11 items-center gap-3">
                  <input
                    type="radio"
                    name="refund-kind"
                    className="size-5 accent-velvet"
                    checked={kind === one}
                    onChange={() => setKind(one)}
                  />
                  {t(`refund.${one}`)}
                </label>
              ))}
            </fieldset>
          )}
          {kind === "part" && (
            <Field
              label={t("refund.amount", { currency })}
              inputMode="decimal"
              autoComplete="off"
              value={text}
              hint={t("refund.left", { amount: show(left) })}
              placeholder={amountText({ amount: left, currency })}
              error={asked && wrong ? t(`refund.wrong.${wrong}`, { amount: show(left) }) : undefined}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </>
      )}
      {refund.isError && <ProblemNotice error={refund.error} />}
    </Dialog>
  );
}

/** What is left is what the server said last: somebody else may have given back some meanwhile. */
function useRefund(booking: ShowBooking, onDone: () => void) {
  const { t } = useTranslation("organizer");
  const queries = useQueryClient();
  const key = useRef({ amount: 0, header: idempotencyKey() });
  const [left, setLeft] = useState(leftOf(booking));
  const { currency } = booking.quote.total;
  const action = useAction({
    mutationFn: async ({ kind, amount }: { kind: Kind; amount: number }) => {
      if (kind === "all") return void (await cancelBooking(booking.showId, booking.bookingId));
      if (key.current.amount !== amount) key.current = { amount, header: idempotencyKey() };
      await refundPart(booking.showId, booking.bookingId, { amount, currency }, key.current.header);
    },
    onSuccess: (_, { amount }) => {
      toast(t("refund.done", { amount: money({ amount, currency }) }));
      void queries.invalidateQueries({ queryKey: showBookingsQuery(booking.showId).queryKey });
      void queries.invalidateQueries({ queryKey: ["show", booking.showId] });
      void queries.invalidateQueries({ queryKey: ["refunds"] });
      void queries.invalidateQueries({ queryKey: ["ledger"] });
      onDone();
    },
    onError: (error) => {
      const said = asProblem(error).members.left;
      const amount = typeof said === "object" && said !== null && "amount" in said ? said.amount : said;
      if (typeof amount === "number") setLeft(amount);
      void queries.invalidateQueries({ queryKey: showBookingsQuery(booking.showId).queryKey });
    },
  });
  return { ...action, left };
}

function Preview({ booking, left, amount, kind }: { booking: ShowBooking; left: number; amount: number; kind: Kind }) {
  const { t } = useTranslation("organizer");
  const { total } = booking.quote;
  const show = (minor: number) => money({ amount: minor, currency: total.currency });
  const lines = [
    { name: t("refund.paid"), amount: total.amount },
    { name: t("refund.before"), amount: total.amount - left },
    { name: t("refund.now"), amount },
    { name: t("refund.after"), amount: left - amount },
  ];
  return (
    <div data-testid="refund-preview" className="flex flex-col gap-4">
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
        {lines.map((line) => (
          <div key={line.name} className="contents">
            <dt className="text-muted">{line.name}</dt>
            <dd className="text-right font-semibold tabular-nums">{show(line.amount)}</dd>
          </div>
        ))}
      </dl>
      <Notice tone={kind === "all" ? "warn" : "calm"} title={t(`refund.${kind}Means`)}>
        {t(`refund.${kind}MeansText`)}
      </Notice>
    </div>
  );
}
