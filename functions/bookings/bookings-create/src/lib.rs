//! `POST /v1/bookings`: turns the caller's hold into a booking that waits for its payment.

use api::{Problem, ProblemKind, Reply, Request, Till, payment_view};
use domain::booking::{Booking, BookingStatus};
use domain::id::UserId;
use domain::show::ShowStatus;
use payments::{NewPayment, PaymentProvider};
use store::CreateBookingError;
use wire::{BookingView, CreateBooking, IdempotencyHeader, ProblemView};

/// Makes the booking and its payment; nothing is charged. One hold becomes one booking, however often this is called.
#[utoipa::path(
    post, path = "/v1/bookings", operation_id = "bookings-create", tag = "bookings",
    summary = "Book what you hold",
    params(IdempotencyHeader), request_body = CreateBooking,
    responses(
        (status = 201, body = BookingView), (status = 200, description = "The booking exists already", body = BookingView),
        (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`sales-closed`, `state-conflict` or `idempotency-in-flight`", body = ProblemView),
        (status = 410, description = "`hold-expired` or `booking-expired`", body = ProblemView), (status = 422, description = "`coupon-refused` or `idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let body: CreateBooking = request.json()?;
    let provider = till.provider(body.provider)?;
    if body.coupon_code.is_some() {
        return Err(Problem::new(ProblemKind::CouponRefused).detail("There is no such coupon."));
    }

    // The booking's id is its hold's: nothing is made twice here, whoever's identifiers it has.
    request.once(&till.app, |_| create(till, &caller.user, &body, provider)).await
}

async fn create(till: &Till, user: &UserId, body: &CreateBooking, provider: &dyn PaymentProvider) -> Result<Reply, Problem> {
    let now = till.app.clock.now();
    let show = till.app.store.show(&body.show_id, now).await?.ok_or_else(Problem::not_found)?;
    if show.status == ShowStatus::Cancelled {
        return Err(Problem::new(ProblemKind::SalesClosed).detail("The show was called off."));
    }
    let hold = till.app.store.book_hold(&show.id, user, now).await?;
    let booking = Booking::of(&hold, &show, body.provider, now);
    let asked = NewPayment::of(&booking);
    let started = provider.start(&asked).await?;
    // The payment before the booking: a crash between them leaves something that the reconciler finds.
    let payment = asked.payment(body.provider, &started, now);
    let written = till.app.store.create_payment(&payment, now + till.settler.ask_every).await?;
    match till.app.store.create_booking(&booking).await {
        // A request that died in between had begun elsewhere: that is the payment that will be looked for.
        Ok(()) if written.provider_reference != payment.provider_reference => resume(till, &booking).await,
        Ok(()) => Ok(Reply::created(&BookingView::new(&booking, Some(payment_view(&payment, started))))),
        Err(CreateBookingError::Exists(existing)) => resume(till, &existing).await,
        Err(CreateBookingError::Database(error)) => Err(error.into()),
    }
}

/// The booking of an earlier call, with what the client needs to go on paying.
async fn resume(till: &Till, booking: &Booking) -> Result<Reply, Problem> {
    match booking.status {
        BookingStatus::Pending | BookingStatus::Confirmed => {}
        BookingStatus::Expired => return Err(Problem::new(ProblemKind::BookingExpired)),
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {
            return Err(Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status));
        }
    }
    let payment = till.app.store.payment(&booking.payment).await?.ok_or_else(Problem::not_found)?;
    let started = till.provider(payment.provider)?.resume(&payment).await?;
    Ok(Reply::ok(&BookingView::new(booking, Some(payment_view(&payment, started)))))
}
