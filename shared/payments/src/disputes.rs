//! Disputes: a buyer's bank takes the money back and asks why it was ours.
//!
//! While it is open nobody comes in with the booking's tickets, and nothing more of the payment goes back. Won, the tickets are
//! good again; lost, the booking is called off and its places are free.

use crate::cancel::{CancelBy, TakeBackError};
use crate::provider::ProviderError;
use crate::settle::{SettleError, Settler};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::dispute::{Dispute, DisputeStatus};
use domain::id::PaymentId;
use domain::payment::Payment;
use domain::show::ShowStatus;
use jiff::Timestamp;
use store::{Admitted, Cancellation, ReturnError};

impl Settler {
    /// Asks the provider how a dispute is, writes it down, and does what follows. Every step may be repeated.
    pub async fn look_at_dispute(&self, id: &PaymentId, reference: &str, now: Timestamp) -> Result<(), SettleError> {
        let Some(payment) = self.store.payment(id).await? else { return Ok(()) };
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        let dispute = match provider.dispute(&payment, reference).await {
            Ok(Some(dispute)) => dispute,
            // An inquiry, which takes no money; or a dispute of somebody else's payment.
            Ok(None) | Err(ProviderError::Unknown) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let payment = self.record_dispute(payment, &dispute, now).await?;
        let Some(booking) = self.store.booking_of(&payment.user, &payment.booking).await? else { return Ok(()) };
        match (&payment.dispute, booking.is_paid_by(&payment)) {
            (Some(known), true) if known.reference == dispute.reference => self.follow_dispute(&booking, &payment, known, now).await,
            (Some(_) | None, _) => Ok(()),
        }
    }

    /// Writes down how it is. One that is decided before we heard of it was open first: the books say that the money left.
    async fn record_dispute(&self, payment: Payment, dispute: &Dispute, now: Timestamp) -> Result<Payment, SettleError> {
        let is_known = payment.dispute.as_ref().is_some_and(|known| known.reference == dispute.reference);
        let payment = if is_known { payment } else { self.store.open_dispute(&payment, dispute, now).await? };
        let is_open =
            payment.dispute.as_ref().is_some_and(|known| known.reference == dispute.reference && known.status == DisputeStatus::Open);
        match dispute.status {
            DisputeStatus::Won | DisputeStatus::Lost if is_open => Ok(self.store.close_dispute(&payment, dispute.status, now).await?),
            DisputeStatus::Open | DisputeStatus::Won | DisputeStatus::Lost => Ok(payment),
        }
    }

    async fn follow_dispute(&self, booking: &Booking, payment: &Payment, dispute: &Dispute, now: Timestamp) -> Result<(), SettleError> {
        match (dispute.status, booking.status) {
            (DisputeStatus::Open, BookingStatus::Confirmed) => {
                self.store.freeze_tickets(booking, now).await?;
                self.leave_alone(payment, now).await
            }
            (DisputeStatus::Won, BookingStatus::Confirmed) => self.keep(booking, now).await,
            (DisputeStatus::Lost, BookingStatus::Confirmed) => self.charge_back(booking, payment, dispute, now).await,
            (
                DisputeStatus::Open | DisputeStatus::Won | DisputeStatus::Lost,
                BookingStatus::Pending
                | BookingStatus::Cancelled
                | BookingStatus::Expired
                | BookingStatus::Refunded
                | BookingStatus::PartiallyRefunded,
            ) => Ok(self.store.set_payment_due(&payment.id, Some(now)).await?),
        }
    }

    /// The money is ours again. If the show was called off meanwhile it goes back after all.
    async fn keep(&self, booking: &Booking, now: Timestamp) -> Result<(), SettleError> {
        let show = self.store.show(&booking.show, now).await?;
        let Some(show) = show.filter(|show| show.status == ShowStatus::Cancelled) else {
            return Ok(self.store.thaw_tickets(booking, now).await?);
        };
        match self.cancel(booking, &show, CancelBy::CallOff, now).await {
            Ok(_) => Ok(()),
            Err(TakeBackError::Provider(error)) => Err(error.into()),
            Err(TakeBackError::Database(error)) => Err(error.into()),
            // Somebody was faster.
            Err(
                TakeBackError::WrongState
                | TakeBackError::TooLate
                | TakeBackError::TicketUsed
                | TakeBackError::BeingCaptured
                | TakeBackError::NotRefundable
                | TakeBackError::TooMany
                | TakeBackError::TooMuch { .. },
            ) => Ok(self.store.set_payment_due(&booking.payment, Some(now)).await?),
        }
    }

    /// The buyer has the money and loses the places, whether somebody was inside or not.
    async fn charge_back(&self, booking: &Booking, payment: &Payment, dispute: &Dispute, now: Timestamp) -> Result<(), SettleError> {
        // All of it: what the bank did not take is refunded, for the places are gone.
        let back = booking.rest();
        let cancellation = Cancellation { reason: CancelReason::ChargedBack, back, refund: None, admitted: Admitted::Allowed };
        match self.store.cancel_confirmed(booking, payment, &cancellation, now).await {
            Ok(()) => self.write_down(booking, "booking.charged-back", dispute.reference.clone(), now).await,
            // Somebody was faster; what is left to do is the reconciler's.
            Err(ReturnError::WrongState | ReturnError::NotRefundable | ReturnError::TicketUsed) => {
                Ok(self.store.set_payment_due(&payment.id, Some(now)).await?)
            }
            Err(ReturnError::Database(error)) => Err(error.into()),
        }
    }
}
