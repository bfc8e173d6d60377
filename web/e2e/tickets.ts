import { apiAs, ok, type StagedShow } from "./stage";

/** What a buyer has after paying. */
export interface BoughtTicket {
  bookingId: string;
  ticketId: string;
  seat: string;
  code: string;
}

interface Booking {
  bookingId: string;
  payment: { paymentId: string };
  tickets: { ticketId: string }[];
}

/** Buys these places the way buyers do, but without a browser. */
export async function buyTickets(email: string, show: StagedShow, seats: string[]): Promise<BoughtTicket[]> {
  const api = await apiAs(email);
  const once = () => ({ "idempotency-key": crypto.randomUUID() });
  const { showId } = show;
  await ok(api.post(`/v1/shows/${showId}/hold`, { data: { seats }, headers: once() }));
  const { bookingId, payment } = await ok<Booking>(
    api.post("/v1/bookings", { data: { showId, provider: "sandbox" }, headers: once() }),
  );
  const { proof } = await ok<{ proof: unknown }>(
    api.post(`/v1/sandbox/payments/${payment.paymentId}`, { data: { action: "authorize", webhook: "never" } }),
  );
  const { tickets } = await ok<Booking>(api.post(`/v1/bookings/${bookingId}/confirm`, { data: proof }));
  const bought = await Promise.all(
    tickets.map(async ({ ticketId }) => {
      const { seat, code } = await ok<{ seat: string; code: string }>(api.get(`/v1/tickets/${ticketId}`));
      return { bookingId, ticketId, seat, code };
    }),
  );
  await api.dispose();
  return bought;
}

/** Gives a booking back: its tickets are worth nothing any more. */
export async function cancelBooking(email: string, bookingId: string): Promise<void> {
  const api = await apiAs(email);
  await ok(api.post(`/v1/bookings/${bookingId}/cancel`, { data: {} }));
  await api.dispose();
}
