//! `POST /v1/bookings`: turns the caller's hold into a booking that waits for its payment.

use api::{Problem, ProblemKind, Redeemable, Redemption, Reply, Request, Till, payment_view, same_coupon};
use domain::booking::{Booking, BookingStatus};
use domain::id::UserId;
use domain::payment::{Payment, Provider};
use domain::show::{Show, ShowStatus};
use domain::text::Text;
use jiff::Timestamp;
use payments::{Free, NewPayment};
use store::RedeemError;
use wire::{BookingView, CreateBooking, IdempotencyHeader, PaymentView, ProblemView};

/// Makes the booking and its payment; nothing is charged. One hold becomes one booking, however often this is called.
#[utoipa::path(
    post, path = "/v1/bookings", operation_id = "bookings-create", tag = "bookings",
    summary = "Book what you hold",
    description = "A booking waits for its payment, and is CONFIRMED at once if there is nothing to pay. A booking has the coupon that it was made with. A repeat that names no coupon finds it; one that names another \
                   is a `state-conflict`, and so is one for a booking without any.",
    params(IdempotencyHeader), request_body = CreateBooking,
    responses(
        (status = 201, body = BookingView), (status = 200, description = "The booking exists already", body = BookingView),
        (status = 400, body = ProblemView), (status = 401, body = ProblemView), (status = 404, body = ProblemView),
        (status = 409, description = "`sales-closed`, `state-conflict` or `idempotency-in-flight`; if there is nothing to pay, \
                                      `seats-taken` as well", body = ProblemView),
        (status = 410, description = "`hold-expired` or `booking-expired`", body = ProblemView), (status = 422, description = "`coupon-refused` or `idempotency-mismatch`", body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(till: &Till, request: Request) -> Result<Reply, Problem> {
    let caller = request.caller()?;
    let body: CreateBooking = request.json()?;
    till.accept(body.provider)?;

    // The booking's id is its hold's: nothing is made twice here, whoever's identifiers it has.
    request.once(&till.app, |_| create(till, &caller.user, &body)).await
}

async fn create(till: &Till, user: &UserId, body: &CreateBooking) -> Result<Reply, Problem> {
    let now = till.app.clock.now();
    let show = till.app.store.show(&body.show_id, now).await?.ok_or_else(Problem::not_found)?;
    if show.status == ShowStatus::Cancelled {
        return Err(Problem::new(ProblemKind::SalesClosed).detail("The show was called off."));
    }
    let redemption = match &body.coupon_code {
        None => None,
        // Before the hold is touched: whoever hears that the coupon is refused goes on as if they had not asked.
        Some(typed) => match redeemable(till, user, &show, typed, now).await? {
            Redeemable::Booked(existing) => return resume(till, *existing, now).await,
            Redeemable::Open(redemption) => Some(*redemption),
        },
    };
    let hold = till.app.store.book_hold(&show.id, user, now).await?;
    let mut booking = Booking::of(&hold, &show, body.provider, now);
    if let Some(redemption) = &redemption {
        booking = booking.with_coupon(&redemption.coupon, &show, body.provider, now)?;
    }
    Box::pin(begin(till, body, booking, redemption, now)).await
}

async fn redeemable(till: &Till, user: &UserId, show: &Show, typed: &Text<1, 40>, now: Timestamp) -> Result<Redeemable, Problem> {
    let hold = till.app.store.hold_of(&show.id, user, now).await?.ok_or_else(|| Problem::new(ProblemKind::HoldExpired))?;
    till.app.redeemable(&hold, show, typed, now).await
}

/// Makes the payment, then the booking: a crash between them leaves something that the reconciler finds, and so does a coupon whose
/// last use is gone by now.
async fn begin(
    till: &Till,
    body: &CreateBooking,
    booking: Booking,
    redemption: Option<Redemption>,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let provider = booking.provider(body.provider);
    let asked = NewPayment::of(&booking);
    let started = till.provider(provider)?.start(&asked).await?;
    let payment = asked.payment(provider, &started, now);
    let kept = till.app.store.create_payment(&payment, now + till.settler.ask_every).await?;
    match write(till, booking, redemption).await {
        // A request that died in between had begun elsewhere: that is the payment that will be looked for.
        Ok(booking) if kept.provider_reference != payment.provider_reference => resume(till, booking, now).await,
        Ok(booking) if provider == Provider::Free => settle(till, booking, &payment, now).await.map(|view| Reply::created(&view)),
        Ok(booking) => Ok(Reply::created(&BookingView::new(&booking, Some(payment_view(&payment, started))))),
        Err(RedeemError::Exists(existing)) => {
            body.coupon_code.as_ref().map_or(Ok(()), |typed| same_coupon(&existing, typed))?;
            resume(till, *existing, now).await
        }
        Err(RedeemError::Refused(refusal)) => Err(refusal.into()),
        Err(RedeemError::Database(error)) => Err(error.into()),
    }
}

async fn write(till: &Till, booking: Booking, redemption: Option<Redemption>) -> Result<Booking, RedeemError> {
    match redemption {
        None => Ok(till.app.store.create_booking(&booking).await.map(|()| booking)?),
        Some(Redemption { coupon, uses, quote: _ }) => till.app.store.create_booking_with_coupon(&booking, &coupon, uses).await,
    }
}

/// The booking of an earlier call, with what the client needs to go on paying.
async fn resume(till: &Till, booking: Booking, now: Timestamp) -> Result<Reply, Problem> {
    match booking.status {
        BookingStatus::Pending | BookingStatus::Confirmed => {}
        BookingStatus::Expired => return Err(Problem::new(ProblemKind::BookingExpired)),
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {
            return Err(Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status));
        }
    }
    let payment = till.app.store.payment(&booking.payment).await?.ok_or_else(Problem::not_found)?;
    if booking.is_pending() && payment.provider == Provider::Free {
        return settle(till, booking, &payment, now).await.map(|view| Reply::ok(&view));
    }
    let started = till.provider(payment.provider)?.resume(&payment).await?;
    Ok(Reply::ok(&BookingView::new(&booking, Some(payment_view(&payment, started)))))
}

/// There is nothing to pay: what a provider's report leads to happens at once. If this dies, the reconciler does it.
async fn settle(till: &Till, booking: Booking, payment: &Payment, now: Timestamp) -> Result<BookingView, Problem> {
    let report = Free::report(payment);
    let booking = till.settler.settle(booking, payment, &report, now).await?;
    api::confirmed(&booking)?;
    Ok(BookingView::new(&booking, Some(PaymentView { status: report.status, ..PaymentView::from(payment) })))
}
