import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";

/** A show with what is left of it. */
export const showQuery = (showId: string) =>
  queryOptions({
    queryKey: ["show", showId],
    queryFn: ({ signal }) => ask(api.GET("/v1/shows/{showId}", { params: { path: { showId } }, signal })),
  });

/** Where its places are. Never changes. */
export const layoutQuery = (showId: string) =>
  queryOptions({
    queryKey: ["layout", showId],
    queryFn: ({ signal }) => ask(api.GET("/v1/shows/{showId}/layout", { params: { path: { showId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How every place stands. */
export const seatsQuery = (showId: string) =>
  queryOptions({
    queryKey: ["seats", showId],
    // Caches on the way may answer with what is a moment old; this device's own cache may not: it would for seconds more.
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/shows/{showId}/seats", { params: { path: { showId } }, signal, cache: "no-store" })),
    staleTime: 0,
    gcTime: 0,
  });
