//! What becomes of a provider's web hook: it is written down at the payment it is about, and the payment is looked at.
//!
//! The web hook's function answers at once. What it was told moves the payment's state in the same write that notes the
//! event's name; what follows from that is decided later by `look`, which asks the provider itself. So repeated, reordered
//! and lost events all come to the same.

use crate::event::{About, Event, RefundProgress, Subject};
use crate::provider::Report;
use crate::settle::{SettleError, Settler};
use domain::booking::{Booking, BookingStatus};
use domain::id::PaymentId;
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::refund::RefundStatus;
use jiff::Timestamp;
use store::{AuditEntry, NoteEventError, Noted, Told};

/// What an event wakes us for: what it says is not believed, the provider is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Woken {
    /// For a payment.
    Payment(PaymentId),
    /// For a dispute of a payment.
    Dispute(PaymentId, String),
}

impl Woken {
    fn by(payment: PaymentId, event: &Event) -> Self {
        match &event.about {
            About::Dispute { dispute, .. } => Self::Dispute(payment, dispute.clone()),
            About::Payment { .. } | About::Refund { .. } | About::Unknown { .. } => Self::Payment(payment),
        }
    }
}

impl Settler {
    /// Writes an event down. Returns what is to be looked at, if it is about a payment of ours. A repeated event is answered as
    /// the first one was: whoever took the first may have died before telling anybody.
    pub async fn take_event(&self, provider: Provider, event: &Event, now: Timestamp) -> Result<Option<Woken>, SettleError> {
        let (of, told) = match &event.about {
            About::Payment { of, report } => (of, Some(told(report))),
            About::Refund { of, .. } | About::Dispute { of, .. } => (of, None),
            About::Unknown { kind } => {
                tracing::info!(metric = "webhooks_unknown", provider = ?provider, kind, "an event that means nothing to us");
                return Ok(None);
            }
        };
        let Some(payment) = self.payment_of(provider, of).await? else {
            tracing::warn!(metric = "webhooks_without_payment", provider = ?provider, event = event.id, "an event about no payment of ours");
            return Ok(None);
        };
        if let Some(entry) = entry(&payment, event) {
            self.store.record_audit(&entry).await?;
        }
        match self.store.note_event(&payment, &event.id, told, now).await {
            Ok(Noted::First | Noted::Repeated) => Ok(Some(Woken::by(payment.id, event))),
            Err(NoteEventError::Missing) => Ok(None),
            Err(NoteEventError::Database(error)) => Err(error.into()),
        }
    }

    /// The payment an event is about: of this provider, and under the name that the provider gave it.
    async fn payment_of(&self, provider: Provider, of: &Subject) -> Result<Option<Payment>, SettleError> {
        let (id, reference) = match of {
            Subject::Ours { payment, reference } => (Some(payment.clone()), reference),
            Subject::Reference(reference) => (self.store.payment_by_reference(provider, reference).await?, reference),
        };
        let Some(id) = id else { return Ok(None) };
        let payment = self.store.payment(&id).await?;
        Ok(payment.filter(|payment| payment.provider == provider && payment.provider_reference == *reference))
    }

    /// Asks the provider about a payment now, and does what follows.
    pub async fn look(&self, id: &PaymentId, now: Timestamp) -> Result<(), SettleError> {
        let Some(payment) = self.store.payment(id).await? else { return Ok(()) };
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        // Without its booking it is the reconciler's, who waits until nobody can be making one.
        let Some(booking) = self.store.booking_of(&payment.user, &payment.booking).await? else { return Ok(()) };
        if payment.refunded > 0 {
            self.look_at_refunds(&payment, now).await?;
        }
        if booking.payment != *id {
            // The buyer pays in another way by now.
            return self.reconcile(id, now).await;
        }
        match payment.status {
            PaymentStatus::Refunded => return Ok(()),
            PaymentStatus::Voided if booking.status != BookingStatus::Confirmed => {
                return self.send_back_if_taken(Some(&booking), &payment, now).await.map(drop);
            }
            PaymentStatus::Captured if booking.status == BookingStatus::Confirmed && payment.refunded == 0 => return Ok(()),
            PaymentStatus::Created
            | PaymentStatus::Authorized
            | PaymentStatus::Captured
            | PaymentStatus::Voided
            | PaymentStatus::Declined
            | PaymentStatus::Superseded => {}
        }
        let booking = match booking.status {
            BookingStatus::Pending => {
                let report = provider.report(&payment).await?;
                self.settle(booking, &payment, &report, now).await?
            }
            BookingStatus::Confirmed
            | BookingStatus::Cancelled
            | BookingStatus::Expired
            | BookingStatus::Refunded
            | BookingStatus::PartiallyRefunded => booking,
        };
        if booking.status == BookingStatus::Pending {
            return Ok(());
        }
        self.follow_up(&booking.user, &booking.id, now).await
    }

    /// A refund may have come back after it was done: the buyer's account was closed, say.
    async fn look_at_refunds(&self, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        for refund in self.store.refunds_of(&payment.id).await?.iter().filter(|refund| refund.status == RefundStatus::Done) {
            self.follow_refund(payment, refund, now).await?;
        }
        Ok(())
    }

    /// Something about a booking's money that somebody may ask about later.
    pub(crate) async fn write_down(&self, booking: &Booking, action: &str, detail: String, now: Timestamp) -> Result<(), SettleError> {
        let id = format!("{}-{action}", booking.payment);
        let entry = AuditEntry { subject: booking.id.to_string(), action: action.to_owned(), detail, actor: None, at: now, id };
        Ok(self.store.record_audit(&entry).await?)
    }
}

/// What a report tells of our payment's state: that money went back is ours to say.
fn told(report: &Report) -> Told<'_> {
    let status = match report.status {
        PaymentStatus::Refunded => PaymentStatus::Captured,
        other => other,
    };
    Told { status, amount: &report.amount }
}

/// What the audit log keeps of refunds and disputes. Made of the event alone: a repeated one is the same entry.
fn entry(payment: &Payment, event: &Event) -> Option<AuditEntry> {
    let (action, detail) = match &event.about {
        About::Payment { .. } | About::Unknown { .. } => return None,
        About::Refund { refund, progress, .. } => {
            let action = match progress {
                RefundProgress::Pending => "payment.refund-pending",
                RefundProgress::Done => "payment.refund-done",
                RefundProgress::Failed => "payment.refund-failed",
            };
            (action, refund)
        }
        About::Dispute { dispute, .. } => ("payment.disputed", dispute),
    };
    Some(AuditEntry {
        subject: payment.id.to_string(),
        action: action.to_owned(),
        detail: detail.clone(),
        actor: None,
        at: event.at,
        id: event.id.clone(),
    })
}
