//! Calling a confirmed booking off, and giving a part of one back: what goes back is decided once, in the store's transaction.

use crate::provider::ProviderError;
use crate::settle::{SettleError, Settler};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::id::RefundId;
use domain::money::{Money, MoneyError};
use domain::payment::{Payment, PaymentStatus};
use domain::refund::{Refund, RefundReason, Split};
use domain::show::{Show, ShowStatus};
use jiff::Timestamp;
use store::{Admitted, Cancellation, DatabaseError, ReturnError};

/// How often the payment may have moved while a booking is called off.
const TRIES_MAX: u32 = 4;

/// Refunds of one payment that organizers may ask for: providers list a hundred.
pub(crate) const REFUNDS_MAX: usize = 20;

/// Who calls a booking off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelBy {
    /// Its buyer: the show's terms say what goes back.
    Owner,
    /// The organizer or an admin: everything goes back.
    Organizer,
    /// The show is off: everything goes back, even if somebody is inside.
    CallOff,
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum TakeBackError {
    /// The booking is not confirmed, or changed at the same moment.
    #[error("the booking is in another state")]
    WrongState,
    /// By the show's terms nothing goes back any more, or the show has begun.
    #[error("it is too late")]
    TooLate,
    /// Somebody came in with one of its tickets.
    #[error("a ticket of the booking was used")]
    TicketUsed,
    /// The money is not taken yet: a part of it cannot go back.
    #[error("the payment is being captured")]
    BeingCaptured,
    /// The buyer's bank wants the money back, or it went back already.
    #[error("the payment is disputed, or went back")]
    NotRefundable,
    /// So often that nobody can follow it any more.
    #[error("a booking has at most {REFUNDS_MAX} refunds")]
    TooMany,
    /// More than there is, nothing, or other money.
    #[error("there is not so much to give back")]
    TooMuch {
        /// What there is.
        left: Money,
    },
    /// The provider could not do it.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Settler {
    /// Calls a confirmed booking off. Returns it as it is then; places, tickets and money follow from that.
    pub async fn cancel(&self, booking: &Booking, show: &Show, by: CancelBy, now: Timestamp) -> Result<Booking, TakeBackError> {
        let back = goes_back(booking, show, by, now)?;
        for _ in 0..TRIES_MAX {
            let payment = self.payment_of_booking(booking, &back, now).await?;
            // Never more than is there: somebody may have taken less, at the provider's own desk.
            let amount = back.total().min(payment.captured - payment.refunded);
            let refund = (payment.status == PaymentStatus::Captured && amount > 0).then(|| {
                let id = payment.id.refund_id(&payment.refunded.to_string());
                Refund::of(&payment, id, Money { amount, ..back.total_money() }, RefundReason::Cancelled, now)
            });
            let (reason, admitted) = match by {
                CancelBy::Owner => (CancelReason::Owner, Admitted::Refused),
                CancelBy::Organizer => (CancelReason::Organizer, Admitted::Refused),
                CancelBy::CallOff => (CancelReason::ShowCancelled, Admitted::Allowed),
            };
            let cancellation = Cancellation { reason, back: back.clone(), refund, admitted };
            match self.store.cancel_confirmed(booking, &payment, &cancellation, now).await {
                Ok(()) => return Ok(cancelled(booking, reason, &back, now)?),
                // The payment moved, if it is not disputed: once more, as it is now.
                Err(ReturnError::NotRefundable) if !payment.is_disputed() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DatabaseError::Contended { operation: "call a booking off" }.into())
    }

    /// Gives a part of a confirmed booking back; the booking stays. The refund's name makes a repeat the same.
    pub async fn give_back(&self, booking: &Booking, amount: &Money, id: RefundId, now: Timestamp) -> Result<Refund, TakeBackError> {
        let payment = self.store.payment(&booking.payment).await?.ok_or(TakeBackError::WrongState)?;
        if let Some(before) = self.store.refund(&payment.id, &id).await? {
            return Ok(before);
        }
        match booking.status {
            BookingStatus::Confirmed | BookingStatus::PartiallyRefunded => {}
            BookingStatus::Pending | BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded => {
                return Err(TakeBackError::WrongState);
            }
        }
        if payment.status != PaymentStatus::Captured {
            return Err(if payment.status.was_taken() { TakeBackError::NotRefundable } else { TakeBackError::BeingCaptured });
        }
        if self.store.refunds_of(&payment.id).await?.len() >= REFUNDS_MAX {
            return Err(TakeBackError::TooMany);
        }
        let rest = booking.rest();
        let back = rest.amount(amount).ok_or_else(|| TakeBackError::TooMuch { left: rest.total_money() })?;
        let refund = Refund::of(&payment, id, amount.clone(), RefundReason::Goodwill, now);
        self.store.give_back(booking, &payment, &refund, &back, now).await?;
        Ok(refund)
    }

    /// The booking's payment; captured now, if it is not yet and only a part of it goes back.
    async fn payment_of_booking(&self, booking: &Booking, back: &Split, now: Timestamp) -> Result<Payment, TakeBackError> {
        let payment = self.store.payment(&booking.payment).await?.ok_or(TakeBackError::WrongState)?;
        if payment.status == PaymentStatus::Captured || *back == booking.rest() {
            return Ok(payment);
        }
        match self.follow_up(&booking.user, &booking.id, now).await {
            Ok(()) => {}
            Err(SettleError::Provider(error)) => return Err(error.into()),
            Err(SettleError::Database(error)) => return Err(error.into()),
        }
        let payment = self.store.payment(&booking.payment).await?.ok_or(TakeBackError::WrongState)?;
        if payment.status == PaymentStatus::Captured { Ok(payment) } else { Err(TakeBackError::BeingCaptured) }
    }
}

/// What of the booking is taken back.
fn goes_back(booking: &Booking, show: &Show, by: CancelBy, now: Timestamp) -> Result<Split, TakeBackError> {
    let rest = booking.rest();
    match by {
        CancelBy::Organizer | CancelBy::CallOff => Ok(rest),
        CancelBy::Owner if show.status == ShowStatus::Cancelled => Ok(rest),
        CancelBy::Owner => {
            let rate = show.refund_terms.rate_at(show.starts_at, now).ok_or(TakeBackError::TooLate)?;
            Ok(rest.share(rate, show.refund_terms.fee_back)?)
        }
    }
}

fn cancelled(booking: &Booking, reason: CancelReason, back: &Split, now: Timestamp) -> Result<Booking, MoneyError> {
    let returned = booking.returned.plus(back)?;
    let (status, cancel_reason, cancelled_at) = (BookingStatus::Cancelled, Some(reason), Some(now));
    Ok(Booking { status, cancel_reason, cancelled_at, returned, ..booking.clone() })
}

impl From<MoneyError> for TakeBackError {
    fn from(error: MoneyError) -> Self {
        Self::Database(DatabaseError::Unreadable(error.to_string()))
    }
}

impl From<ReturnError> for TakeBackError {
    fn from(error: ReturnError) -> Self {
        match error {
            ReturnError::WrongState => Self::WrongState,
            ReturnError::TicketUsed => Self::TicketUsed,
            ReturnError::NotRefundable => Self::NotRefundable,
            ReturnError::Database(error) => Self::Database(error),
        }
    }
}
