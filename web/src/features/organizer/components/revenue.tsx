import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnEvent } from "@/api/own-events";
import { serverNow } from "@/lib/clock";
import { money } from "@/lib/money";
import { dayAndTime } from "@/lib/time";
import { ProblemNotice } from "@/parts/problem-notice";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";
import { Skeleton } from "@/ui/skeleton";
import { ledgerQuery, type Period } from "../api/sales";
import {
  type BookLine,
  isPeriod,
  lastDays,
  linesOf,
  PERIOD_DAYS_MAX,
  revenueOf,
  type Revenue as Sums,
} from "../ledger";
import { DownloadCsv } from "./download-csv";
import { SalesChart } from "./sales-chart";

/** What came in for an event by the books, over some days. */
export function Revenue({ event }: { event: OwnEvent }) {
  const { t } = useTranslation("organizer");
  const [period, setPeriod] = useState<Period>(() => lastDays(30, serverNow()));
  const valid = isPeriod(period);
  const books = useQuery({ ...ledgerQuery(period, event.organizationId), enabled: valid });
  const lines = books.data === undefined ? undefined : linesOf(books.data);
  return (
    <Card role="group" aria-labelledby="revenue">
      <h2 id="revenue" className="text-xl font-bold">
        {t("revenue.title")}
      </h2>
      <p className="mb-4 max-w-prose text-sm text-muted">{t("revenue.hint")}</p>
      <div className="mb-5 flex flex-wrap items-end gap-3">
        <Field
          type="date"
          label={t("revenue.from")}
          value={period.from}
          onChange={({ target }) => setPeriod({ ...period, from: target.value })}
        />
        <Field
          type="date"
          label={t("revenue.to")}
          value={period.to}
          onChange={({ target }) => setPeriod({ ...period, to: target.value })}
        />
        <DownloadCsv period={period} organizationId={event.organizationId} disabled={!valid} />
      </div>
      {!valid && (
        <p role="alert" className="font-medium text-bad">
          {t("revenue.wrongPeriod", { count: PERIOD_DAYS_MAX })}
        </p>
      )}
      {books.isError && <ProblemNotice error={books.error} onRetry={() => void books.refetch()} />}
      {valid && books.isPending && <Skeleton className="h-64" />}
      {valid && lines && <RevenueOf event={event} lines={lines} period={period} />}
    </Card>
  );
}

function RevenueOf({ event, lines, period }: { event: OwnEvent; lines: readonly BookLine[]; period: Period }) {
  const { t } = useTranslation("organizer");
  const shows = new Set(event.shows.map((show) => show.showId));
  const sums = revenueOf(lines, shows);
  if (sums.length === 0) return <p className="text-muted">{t("revenue.none")}</p>;
  return sums.map((sum) => (
    <div key={sum.currency} className="flex flex-col gap-6">
      <Figures sum={sum} />
      <SalesChart lines={lines} shows={shows} currency={sum.currency} period={period} />
      <ByShow event={event} lines={lines} currency={sum.currency} />
    </div>
  ));
}

function Figures({ sum }: { sum: Sums }) {
  const { t } = useTranslation("organizer");
  const show = (amount: number) => money({ amount, currency: sum.currency });
  const figures = [
    { name: t("revenue.net"), value: sum.sold - sum.returned },
    { name: t("revenue.returned"), value: sum.returned },
    { name: t("revenue.fees"), value: sum.fees },
    { name: t("revenue.tax"), value: sum.tax },
  ];
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4" data-testid="revenue">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="font-display text-2xl font-extrabold tabular-nums">{show(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function ByShow({ event, lines, currency }: { event: OwnEvent; lines: readonly BookLine[]; currency: string }) {
  const { t } = useTranslation("organizer");
  const rows = event.shows.flatMap((show) => {
    const sum = revenueOf(lines, new Set([show.showId])).find((one) => one.currency === currency);
    return sum ? [{ show, sum }] : [];
  });
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="pb-2 text-left text-base font-bold">{t("revenue.byShow")}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="py-1.5 text-left font-semibold">
              {t("revenue.show")}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-semibold">
              {t("revenue.returned")}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-right font-semibold">
              {t("revenue.net")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ show, sum }) => (
            <tr key={show.showId} className="border-b border-line last:border-0">
              <th scope="row" className="py-2 text-left font-normal">
                {dayAndTime(show.startsAt, show.timeZone)}
              </th>
              <td className="py-2 pl-3 text-right tabular-nums">{money({ amount: sum.returned, currency })}</td>
              <td className="py-2 pl-3 text-right tabular-nums">
                {money({ amount: sum.sold - sum.returned, currency })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
