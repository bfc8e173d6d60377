//! Another try to pay: a declined or abandoned payment gives way to a new one, with the same or another provider.
//!
//! The payment before is SUPERSEDED first. From then on nothing that its provider says confirms the booking; so whatever the
//! buyer does in two windows, one payment pays for the booking and every other one goes back (docs/decisions/0012).

use crate::provider::{NewPayment, PaymentProvider, ProviderError, StartedPayment};
use crate::settle::Settler;
use domain::booking::{Booking, BookingStatus};
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::Timestamp;
use store::{CreatePaymentError, DatabaseError, MoveBookingError, MovePaymentError};

/// Why another payment could not be begun.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// The booking waits for no payment.
    #[error("the booking is {:?}", .0.status)]
    NotPending(Box<Booking>),
    /// The payment before is authorized already: it pays for the booking.
    #[error("the booking is being paid")]
    BeingPaid,
    /// Tried too often.
    #[error("too many attempts")]
    TooMany,
    /// The provider could not do it.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The payment could not be written.
    #[error(transparent)]
    Create(#[from] CreatePaymentError),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Settler {
    /// Begins another payment for a booking that waits for its money. The payment before is given up.
    pub async fn retry(
        &self,
        booking: &Booking,
        with: Provider,
        provider: &dyn PaymentProvider,
        now: Timestamp,
    ) -> Result<(Booking, Payment, StartedPayment), RetryError> {
        if booking.status != BookingStatus::Pending {
            return Err(RetryError::NotPending(Box::new(booking.clone())));
        }
        let id = booking.next_payment(with).ok_or(RetryError::TooMany)?;
        match self.store.move_payment(&booking.payment, PaymentStatus::Superseded).await {
            Ok(_) | Err(MovePaymentError::Missing) => {}
            Err(MovePaymentError::WrongState(before)) => match before.status {
                PaymentStatus::Voided | PaymentStatus::Refunded => {}
                PaymentStatus::Created
                | PaymentStatus::Authorized
                | PaymentStatus::Captured
                | PaymentStatus::Declined
                | PaymentStatus::Superseded => return Err(RetryError::BeingPaid),
            },
            Err(MovePaymentError::Database(error)) => return Err(error.into()),
        }
        let asked = NewPayment { id, ..NewPayment::of(booking) };
        let mut started = provider.start(&asked).await?;
        let payment = self.store.create_payment(&asked.payment(with, &started, now), now + self.ask_every).await?;
        if payment.provider_reference != started.reference {
            // A request that died in between had begun elsewhere: that is the payment that will be looked for.
            started = provider.resume(&payment).await?;
        }
        let before = booking.payment.clone();
        let booking = match self.store.change_payment(booking, &payment.id).await {
            Ok(booking) => booking,
            // What was begun pays for nothing: the reconciler gives it up.
            Err(MoveBookingError::WrongState(booking)) => return Err(RetryError::NotPending(booking)),
            Err(MoveBookingError::Missing) => return Err(DatabaseError::Contended { operation: "change a payment" }.into()),
            Err(MoveBookingError::Database(error)) => return Err(error.into()),
        };
        if let Err(error) = Box::pin(self.reconcile(&before, now)).await {
            tracing::warn!(payment = before.as_str(), cause = %error, "an earlier attempt is given up later");
        }
        Ok((booking, payment, started))
    }
}
