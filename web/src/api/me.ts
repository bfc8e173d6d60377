import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";

/** The caller's profile. */
export const meQuery = () =>
  queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => ask(api.GET("/v1/me", { signal })) });
