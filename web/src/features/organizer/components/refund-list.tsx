import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/api/use-action";
import { money } from "@/lib/money";
import { dayAndTime, ownZone } from "@/lib/time";
import { useProblemText } from "@/parts/problem-notice";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { SelectField } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { type Refund, type RefundStatus, refundsQuery, retryRefund } from "../api/sales";
import { OrganizationProblem } from "./organization-problem";

const STATUSES: RefundStatus[] = ["FAILED", "REQUESTED", "PROCESSING", "DONE"];
const tones: Record<RefundStatus, Tone> = { FAILED: "bad", REQUESTED: "warn", PROCESSING: "warn", DONE: "good" };

/** Money on its way back to buyers. What failed waits for somebody who tries again. */
export function RefundList() {
  const { t } = useTranslation(["organizer", "common"]);
  const [status, setStatus] = useState<RefundStatus>("FAILED");
  const refunds = useInfiniteQuery(refundsQuery(status));
  const items = refunds.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SelectField
        className="mb-5 max-w-64"
        label={t("refunds.status")}
        value={status}
        onChange={({ target }) => setStatus(target.value as RefundStatus)}
      >
        {STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`refunds.${one}`)}
          </option>
        ))}
      </SelectField>
      {refunds.isError && <OrganizationProblem error={refunds.error} onRetry={() => void refunds.refetch()} />}
      {refunds.isPending && <Skeleton className="h-40 rounded-2xl" />}
      {refunds.isSuccess && items.length === 0 && (
        <Empty icon={<CircleCheck aria-hidden />} title={t(`refunds.none.${status}`)} />
      )}
      <ul className="flex flex-col gap-3">
        {items.map((refund) => (
          <li key={refund.refundId}>
            <RefundLine refund={refund} />
          </li>
        ))}
      </ul>
      {refunds.hasNextPage && (
        <Button
          kind="secondary"
          className="mt-4"
          busy={refunds.isFetchingNextPage}
          onClick={() => void refunds.fetchNextPage()}
        >
          {t("common:loadMore")}
        </Button>
      )}
    </>
  );
}

function RefundLine({ refund }: { refund: Refund }) {
  const { t } = useTranslation("organizer");
  const queries = useQueryClient();
  const problemText = useProblemText();
  const reread = () => queries.invalidateQueries({ queryKey: ["refunds"] });
  const retry = useAction({ mutationFn: () => retryRefund(refund), onSuccess: reread, onError: reread });
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 rounded-2xl border border-line bg-surface px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">
          {refund.bookingNumber} <Badge tone={tones[refund.status]}>{t(`refunds.${refund.status}`)}</Badge>
        </p>
        <p className="text-sm text-muted">
          {t(`refunds.reason.${refund.reason}`)} · {dayAndTime(refund.requestedAt, ownZone())}
          {refund.attempt > 1 && ` · ${t("refunds.attempt", { count: refund.attempt })}`}
        </p>
        {refund.failure && <p className="text-sm text-bad">{t("refunds.failure", { reason: refund.failure })}</p>}
        {retry.isError && (
          <p role="alert" className="text-sm text-bad">
            {problemText(retry.error)}
          </p>
        )}
      </div>
      <p className="font-semibold tabular-nums">{money(refund.amount)}</p>
      {refund.status === "FAILED" && (
        <Button
          kind="secondary"
          size="small"
          busy={retry.isPending}
          aria-label={t("refunds.retryOf", { number: refund.bookingNumber })}
          onClick={() => retry.run()}
        >
          {t("refunds.retry")}
        </Button>
      )}
    </div>
  );
}
