import { eventsQuery, FIRST_EVENTS } from "@/api/events";
import { awaitsEarly } from "@/lib/early";
import { queryClient } from "@/lib/query";

export { HomePage as Component } from "@/features/discover/components/home-page";

/** A visit that begins here is drawn once, with its events: they were asked for before this code was. */
export async function loader(): Promise<null> {
  if (awaitsEarly()) await queryClient.prefetchInfiniteQuery({ ...eventsQuery(FIRST_EVENTS), retry: false });
  return null;
}
