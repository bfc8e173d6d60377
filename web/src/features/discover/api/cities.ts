import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";

/** A list of venues is read this far: more cities than anybody scrolls through. */
const PAGES_MAX = 5;

/** The cities that have venues, by name. */
export const citiesQuery = () =>
  queryOptions({
    queryKey: ["cities"],
    queryFn: async ({ signal }): Promise<string[]> => {
      const cities = new Set<string>();
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = { limit: 100, ...(cursor && { cursor }) };
        const { items, next } = await ask(api.GET("/v1/venues", { params: { query }, signal }));
        for (const { city } of items) cities.add(city);
        if (!next) break;
        cursor = next;
      }
      return [...cities].sort((a, b) => a.localeCompare(b));
    },
    staleTime: 600_000,
  });
