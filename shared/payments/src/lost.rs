//! A confirmed booking whose money is gone for good: nobody keeps places unpaid.

use crate::provider::Report;
use crate::settle::{CLEAN_UP_AFTER, SettleError, Settler};
use domain::booking::{Booking, CancelReason};
use domain::payment::{Payment, PaymentStatus};
use jiff::Timestamp;
use store::{Admitted, Cancellation, ReturnError};

/// Whether a capture that is refused in this state is refused for good.
pub(crate) fn is_lost(status: PaymentStatus) -> bool {
    match status {
        PaymentStatus::Voided | PaymentStatus::Declined | PaymentStatus::Refunded => true,
        PaymentStatus::Created | PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Superseded => false,
    }
}

impl Settler {
    /// Calls a confirmed booking off whose authorization lapsed or was given up at the provider: the tickets are revoked, then
    /// the places freed. Every step may be repeated.
    pub(crate) async fn lose_payment(&self, booking: &Booking, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let voided = Report { status: PaymentStatus::Voided, amount: payment.amount.clone() };
        let payment = &self.record(payment, &voided, now).await?;
        let cancellation =
            Cancellation { reason: CancelReason::PaymentLost, back: booking.rest(), refund: None, admitted: Admitted::Refused };
        match self.store.cancel_confirmed(booking, payment, &cancellation, now).await {
            Ok(()) => {
                self.write_down(booking, "booking.payment-lost", payment.provider_reference.clone(), now).await?;
                self.store.free_places_of(booking).await?;
                Ok(self.store.set_payment_due(&payment.id, Some(now + CLEAN_UP_AFTER)).await?)
            }
            // Its owner, or another run, was faster: the reconciler ends it.
            Err(ReturnError::WrongState | ReturnError::NotRefundable) => {
                Ok(self.store.set_payment_due(&payment.id, Some(now + CLEAN_UP_AFTER)).await?)
            }
            // Somebody is inside already. That is for people to settle, not for a machine to try again.
            Err(ReturnError::TicketUsed) => {
                self.write_down(booking, "booking.admitted-unpaid", payment.provider_reference.clone(), now).await?;
                Ok(self.store.set_payment_due(&payment.id, None).await?)
            }
            Err(ReturnError::Database(error)) => Err(error.into()),
        }
    }
}
