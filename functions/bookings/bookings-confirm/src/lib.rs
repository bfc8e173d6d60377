//! `POST /v1/bookings/{bookingId}/confirm`: the client brings the provider's proof of payment.

use api::{Problem, Reply, Request, Till};
use domain::booking::Booking;
use domain::id::BookingId;
use jiff::Timestamp;
use payments::ProofError;
use store::AuditEntry;
use wire::{BookingView, PaymentProof, PaymentView, ProblemView};

/// Verifies the proof and settles the payment: the same that the web hook does, whoever comes first.
#[utoipa::path(
    post, path = "/v1/bookings/{bookingId}/confirm", operation_id = "bookings-confirm", tag = "bookings",
    summary = "Show that you paid",
    params(("bookingId" = BookingId, Path)), request_body = PaymentProof,
    responses(
        (status = 200, body = BookingView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 402, description = "`payment-refused`", body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`seats-taken` or `state-conflict`; nobody is charged", body = ProblemView),
        (status = 410, description = "`booking-expired`; nobody is charged", body = ProblemView),
        (status = 422, description = "`seat-limit`; nobody is charged", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let booking_id: BookingId = request.path("bookingId")?;
    let proof = request.json_bytes()?;

    let now = till.app.clock.now();
    let booking = till.app.store.booking_of(&caller.user, &booking_id).await?.ok_or_else(Problem::not_found)?;
    let payment = till.app.store.payment(&booking.payment).await?.ok_or_else(Problem::not_found)?;
    let report = match till.provider(payment.provider)?.verify_proof(&payment, proof).await {
        Ok(report) => report,
        Err(ProofError::Provider(error)) => return Err(error.into()),
        Err(refusal) => return Err(refused(till, &booking, refusal, now).await),
    };
    let booking = till.settler.settle(booking, &payment, &report, now).await?;

    api::confirmed(&booking)?;
    let payment = PaymentView { status: report.status, ..PaymentView::from(&payment) };
    Ok(Reply::ok(&BookingView::new(&booking, Some(payment))))
}

/// A proof that is not genuine is somebody trying: it is written down.
async fn refused(till: &Till, booking: &Booking, refusal: ProofError, now: Timestamp) -> Problem {
    let entry = AuditEntry {
        subject: booking.id.to_string(),
        action: "payment.proof-refused".to_owned(),
        detail: refusal.to_string(),
        actor: Some(booking.user.to_string()),
        at: now,
        id: till.app.ids.hold(now).to_string(),
    };
    match till.app.store.record_audit(&entry).await {
        Ok(()) => refusal.into(),
        Err(error) => error.into(),
    }
}
