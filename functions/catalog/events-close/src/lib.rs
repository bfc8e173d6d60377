//! Works through the events queue: closes what a call-off left open, then sends everybody's money back, a page at a time.

use api::{Error, Till};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::event::{Event, EventStatus};
use domain::id::{BookingId, EventId, ShowId};
use domain::show::{Show, ShowStatus};
use payments::{CancelBy, TakeBackError};
use queues::EventMessage;
use std::time::Duration;
use store::{BOOKING_SHARDS, CALL_OFF_ROUNDS, CallOffProgress};
use tokio::time::Instant;

/// Below the function's time limit in `template.yaml`; 50,000 places take seconds.
const WORK_DURATION: Duration = Duration::from_mins(4);
/// Bookings of one page. A show's eight parts go on at the same time: at most 160 bookings a second. Their refunds are made by
/// `payments-work`, and what a provider refuses as too many is tried again by itself.
const PAGE: u16 = 20;
/// Between two pages of one part.
const PAGE_SECONDS: u32 = 1;
/// No function runs so long: after it, nobody can still be confirming a booking whose places were sold before they were closed.
const NEXT_ROUND_SECONDS: u32 = 120;

/// Goes on where the call-off stopped. What is done already stays as it is; what is not brings the message back.
pub async fn handle(till: &Till, message: EventMessage) -> Result<(), Error> {
    match message {
        EventMessage::Cancelled { event } => close(till, &event).await,
        EventMessage::RefundBookings { show, shard, round, after } => refund_page(till, show, shard, round, after).await,
    }
}

async fn close(till: &Till, event: &EventId) -> Result<(), Error> {
    let called_off = |event: &Event| event.lifecycle.status == EventStatus::Cancelled;
    let Some(event) = till.app.store.event(event).await?.filter(called_off) else { return Ok(()) };
    let progress = till.app.store.cancel_event(&event, Instant::now() + WORK_DURATION).await?;
    if !progress.complete {
        return Err(format!("{} of {} shows are closed", progress.done, progress.of).into());
    }
    for show in event.shows {
        for shard in 0..BOOKING_SHARDS {
            let message = EventMessage::RefundBookings { show: show.clone(), shard, round: 1, after: None };
            till.queues.send_event(&message, 0).await?;
        }
    }
    Ok(())
}

async fn refund_page(till: &Till, show_id: ShowId, shard: u8, round: u8, after: Option<BookingId>) -> Result<(), Error> {
    let store = &till.app.store;
    let called_off = |show: &Show| show.status == ShowStatus::Cancelled;
    let Some(show) = store.shows_by_id(std::slice::from_ref(&show_id)).await?.pop().filter(called_off) else { return Ok(()) };
    let bookings = store.bookings_of_show(&show_id, shard, after.as_ref(), PAGE).await?;
    let mut page = CallOffProgress { after: after.clone(), complete: bookings.len() < usize::from(PAGE), ..CallOffProgress::default() };
    for booking in bookings {
        match call_off(till, &show, &booking).await? {
            Ended::CalledOff => page.called_off += 1,
            Ended::Refused => page.refused += 1,
            Ended::Otherwise => {}
        }
        page.after = Some(booking.id);
    }

    // If this page was noted before, by a run that died behind it or one that is further, it goes on from there.
    let noted = store.note_call_off(&show_id, round, shard, after.as_ref(), &page).await?;
    let next = match (noted.complete, round < CALL_OFF_ROUNDS) {
        (false, _) => Some((round, noted.after, PAGE_SECONDS)),
        (true, true) => Some((round + 1, None, NEXT_ROUND_SECONDS)),
        (true, false) => None,
    };
    let Some((round, after, delay_seconds)) = next else { return Ok(()) };
    Ok(till.queues.send_event(&EventMessage::RefundBookings { show: show_id, shard, round, after }, delay_seconds).await?)
}

/// How a booking of a called-off show ended.
enum Ended {
    /// Because the show was called off, now or in an earlier try of this page.
    CalledOff,
    /// It could not be: its buyer's bank wants the money back by itself, say.
    Refused,
    /// For another reason.
    Otherwise,
}

async fn call_off(till: &Till, show: &Show, listed: &Booking) -> Result<Ended, Error> {
    // The index may be late; the booking's own item is not.
    let Some(booking) = till.app.store.booking_of(&listed.user, &listed.id).await? else { return Ok(Ended::Otherwise) };
    if booking.status != BookingStatus::Confirmed {
        let by_this = booking.cancel_reason == Some(CancelReason::ShowCancelled);
        return Ok(if by_this { Ended::CalledOff } else { Ended::Otherwise });
    }
    match till.settler.cancel(&booking, show, CancelBy::CallOff, till.app.clock.now()).await {
        Ok(_) => Ok(Ended::CalledOff),
        // Somebody changed it at this moment: the page is tried again.
        Err(error @ TakeBackError::WrongState) => Err(error.into()),
        Err(TakeBackError::Provider(error)) => Err(error.into()),
        Err(TakeBackError::Database(error)) => Err(error.into()),
        Err(
            refusal @ (TakeBackError::TooLate
            | TakeBackError::TicketUsed
            | TakeBackError::BeingCaptured
            | TakeBackError::NotRefundable
            | TakeBackError::TooMany
            | TakeBackError::TooMuch { .. }),
        ) => {
            tracing::error!(metric = "refunds_failed", booking = booking.id.as_str(), cause = %refusal, "a booking keeps its money");
            Ok(Ended::Refused)
        }
    }
}
