import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Booking, bookingQuery } from "@/api/bookings";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { money } from "@/lib/money";
import { asProblem } from "@/lib/problem";
import { refundOf, refundRate } from "@/lib/refund";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import { cancelBooking } from "../api/bookings";

/** Calls the booking off, after it was shown what goes back. What really does the server says. */
export function CancelBooking({ booking, show }: { booking: Booking; show: Schema["ShowDetailView"] }) {
  const { t } = useTranslation(["tickets", "common"]);
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: () => cancelBooking(booking.bookingId),
    onSuccess: (cancelled) => {
      setAsked(false);
      toast(cancelled.refund ? t("cancel.done", { amount: money(cancelled.refund.amount) }) : t("cancel.doneNothing"));
      queries.setQueryData(bookingQuery(booking.bookingId).queryKey, (before) => ({ ...before, ...cancelled }));
      for (const queryKey of [
        ["booking", booking.bookingId],
        ["bookings"],
        ["documents", booking.bookingId],
        ["fresh-tickets"],
      ]) {
        void queries.invalidateQueries({ queryKey });
      }
    },
  });

  // A show that was called off gives everything back, whatever the terms say.
  const rate = show.status === "CANCELLED" ? 10_000 : refundRate(show.refundTerms, show.startsAt, serverNow());
  if (rate === undefined) return <Notice title={t("cancel.tooLate")} />;
  const feeBack = show.status === "CANCELLED" || show.refundTerms.feeBack;
  const back = refundOf(booking.quote, rate, feeBack, booking.refund?.amount.amount);
  const conflict = cancel.isError && asProblem(cancel.error).kind === "state-conflict";

  return (
    <>
      <Button kind="danger" className="self-start" onClick={() => setAsked(true)}>
        {t("cancel.ask")}
      </Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t("cancel.sure")}
        actions={
          <>
            <Button kind="secondary" onClick={() => setAsked(false)}>
              {t("cancel.keep")}
            </Button>
            <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("cancel.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("cancel.explain", { count: booking.seats.length })}</p>
        <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 rounded-2xl bg-raised p-4">
          <dt className="text-muted">{t("cancel.paid")}</dt>
          <dd className="text-right tabular-nums">{money(booking.quote.total)}</dd>
          <dt className="font-bold">{t("cancel.back")}</dt>
          <dd className="text-right font-bold tabular-nums" data-testid="refund-preview">
            {money(back)}
          </dd>
        </dl>
        {back.amount > 0 && <p className="text-muted">{t("cancel.how")}</p>}
        {conflict && <Notice tone="bad" title={t("cancel.refused")} />}
        {cancel.isError && !conflict && <ProblemNotice error={cancel.error} />}
      </Dialog>
    </>
  );
}
