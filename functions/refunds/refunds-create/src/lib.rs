//! `POST /v1/organizer/shows/{showId}/bookings/{bookingId}/refunds`: the organizer gives a part back.

use api::{Caller, First, Problem, Reply, Request, Till};
use domain::booking::Booking;
use domain::id::{BookingId, RefundId, ShowId};
use jiff::Timestamp;
use payments::TakeBackError;
use store::AuditEntry;
use wire::{CreateRefund, IdempotencyHeader, ProblemView, RefundItemView};

/// Sends so much of a booking's money back; the booking and its tickets stay as they are.
#[utoipa::path(
    post, path = "/v1/organizer/shows/{showId}/bookings/{bookingId}/refunds", operation_id = "refunds-create", tag = "refunds",
    summary = "Give a part of a booking's money back",
    params(("showId" = ShowId, Path), ("bookingId" = BookingId, Path), IdempotencyHeader), request_body = CreateRefund,
    responses(
        (status = 201, body = RefundItemView),
        (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 403, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`state-conflict` or `idempotency-in-flight`", body = ProblemView),
        (status = 422, description = "`refund-refused` or `idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let seller = till.app.seller(&request.caller()?).await?;
    let show = till.app.show_of(&seller, &request.path("showId")?).await?;
    let booking_id: BookingId = request.path("bookingId")?;
    let body: CreateRefund = request.json()?;

    let caller = request.caller()?;
    request.once(&till.app, |first| create(till, first, &caller, &show.id, &booking_id, &body)).await
}

async fn create(
    till: &Till,
    first: First,
    caller: &Caller,
    show: &ShowId,
    booking: &BookingId,
    body: &CreateRefund,
) -> Result<Reply, Problem> {
    let booking = till.app.store.booking_of_show(show, booking).await?.ok_or_else(Problem::not_found)?;
    let id = RefundId::from_entropy(first.ids.entropy());
    match till.settler.give_back(&booking, &body.amount, id.clone(), first.at).await {
        Ok(refund) => Ok(Reply::created(&RefundItemView::from(&refund))),
        Err(refusal) => {
            note(till, caller, &booking, &refusal, &id, first.at).await?;
            Err(refusal.into())
        }
    }
}

/// Who tried to send back what cannot go back is written down.
async fn note(till: &Till, caller: &Caller, booking: &Booking, why: &TakeBackError, id: &RefundId, at: Timestamp) -> Result<(), Problem> {
    let entry = AuditEntry {
        subject: booking.id.to_string(),
        action: "refund.refused".to_owned(),
        detail: why.to_string(),
        actor: Some(caller.user.to_string()),
        at,
        id: id.to_string(),
    };
    Ok(till.app.store.record_audit(&entry).await?)
}
