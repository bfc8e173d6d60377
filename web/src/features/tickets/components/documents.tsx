import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { money } from "@/lib/money";
import { ProblemNotice } from "@/parts/problem-notice";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { documentPdf, documentsQuery } from "../api/bookings";
import { SavePdf } from "./save-pdf";

/** Invoices are written seconds after the sale: so long we look again. */
const LOOK_AGAIN_MS = 3_000;
const LOOKS_MAX = 10;

/** Invoice and credit notes, to keep. */
export function Documents({ bookingId }: { bookingId: string }) {
  const { t } = useTranslation("tickets");
  const documents = useQuery({
    ...documentsQuery(bookingId),
    refetchInterval: ({ state }) =>
      state.data?.items.length === 0 && state.dataUpdateCount < LOOKS_MAX ? LOOK_AGAIN_MS : false,
  });
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t("documents.title")}</h2>
      {documents.isPending && <Skeleton className="h-11 w-full" />}
      {documents.error && <ProblemNotice error={documents.error} onRetry={() => void documents.refetch()} />}
      {documents.data?.items.length === 0 && <p className="text-muted">{t("documents.none")}</p>}
      <ul className="flex flex-col gap-3">
        {documents.data?.items.map(({ documentId, kind, number, total }) => (
          <li key={documentId} className="flex flex-wrap items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="block font-semibold">{t(`documents.${kind}`)}</span>
              <span className="block text-sm text-muted">
                {number} · {money(total)}
              </span>
            </span>
            <SavePdf name={`${number.replaceAll("/", "-")}.pdf`} fetchPdf={() => documentPdf(bookingId, documentId)}>
              {t("documents.save")}
            </SavePdf>
          </li>
        ))}
      </ul>
    </Card>
  );
}
