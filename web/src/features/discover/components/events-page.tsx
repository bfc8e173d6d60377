import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { eventsQuery } from "@/api/events";
import { ProblemNotice } from "@/parts/problem-notice";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Page } from "@/ui/page";
import { type Filters, readFilters, setFilters, toSearch, without, writeFilters } from "../model";
import { EventGrid } from "./event-card";
import { FilterBar } from "./filter-bar";
import { useFilterName } from "./use-filter-name";

/** A page of the list may be short, even empty, while there is a next one: so many are fetched before anybody has to ask. */
const FILLED = 6;

/** Everything that is on, narrowed by what the address asks for. */
export function EventsPage() {
  const { t } = useTranslation(["discover", "common"]);
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);
  const query = useInfiniteQuery(eventsQuery(toSearch(filters)));
  const events = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const change = (next: Filters) => setParams(writeFilters(next), { preventScrollReset: true });

  useEffect(() => {
    if (hasNextPage && !isFetching && !query.isError && events.length < FILLED) void fetchNextPage();
  }, [hasNextPage, isFetching, query.isError, events.length, fetchNextPage]);

  const settled = query.isSuccess && !(hasNextPage && events.length < FILLED);
  return (
    <Page title={t("discover:list.title")}>
      <FilterBar filters={filters} onChange={change} />
      <p role="status" className="mb-4 font-semibold">
        {settled
          ? t(hasNextPage ? "discover:list.atLeast" : "discover:list.found", { count: events.length })
          : t("common:loading")}
      </p>
      {query.isError && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} className="mb-6" />}
      {settled && events.length === 0 ? (
        <NothingFound filters={filters} onChange={change} />
      ) : (
        <EventGrid heading="h2" events={events} loading={query.isPending ? FILLED : query.isFetchingNextPage ? 3 : 0} />
      )}
      {settled && hasNextPage && (
        <div className="mt-8 flex justify-center">
          <Button kind="secondary" busy={query.isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("common:loadMore")}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** Offers to ask for less. */
function NothingFound({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { t } = useTranslation("discover");
  const say = useFilterName(filters);
  const names = setFilters(filters);
  return (
    <Empty icon={<SearchX aria-hidden />} title={t("list.nothing")}>
      {names.length > 0 && (
        <div className="flex flex-wrap justify-center gap-3">
          {names.map((name) => (
            <Button key={name} kind="secondary" onClick={() => onChange(without(filters, name))}>
              {t("list.relax", { filter: say(name) })}
            </Button>
          ))}
        </div>
      )}
    </Empty>
  );
}
