import type { LoaderFunctionArgs } from "react-router";
import { eventQuery } from "@/api/events";
import { awaitsEarly } from "@/lib/early";
import { queryClient } from "@/lib/query";

export { EventPage as Component } from "@/features/discover/components/event-page";

/** A visit that begins here is drawn once, with the event: it was asked for before this code was. */
export async function loader({ params: { eventId = "" } }: LoaderFunctionArgs): Promise<null> {
  if (awaitsEarly()) await queryClient.prefetchQuery({ ...eventQuery(eventId), retry: false });
  return null;
}
