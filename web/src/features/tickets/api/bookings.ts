import { queryOptions } from "@tanstack/react-query";
import type { Booking } from "@/api/bookings";
import { api, ask } from "@/lib/api";

/** What was issued for a booking; written seconds after what it documents. */
export const documentsQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["documents", bookingId],
    queryFn: ({ signal }) =>
      ask(api.GET("/v1/bookings/{bookingId}/invoices", { params: { path: { bookingId } }, signal })),
  });

export function documentPdf(bookingId: string, documentId: string): Promise<Blob> {
  const path = { bookingId, documentId };
  const answer = api.GET("/v1/bookings/{bookingId}/invoices/{documentId}/pdf", { params: { path }, parseAs: "blob" });
  return ask(answer) as Promise<Blob>;
}

export function cancelBooking(bookingId: string): Promise<Booking> {
  return ask(api.POST("/v1/bookings/{bookingId}/cancel", { params: { path: { bookingId } } }));
}
