//! Money that goes back: what is owed becomes refunds, and every refund is followed to its end.

use crate::event::RefundProgress;
use crate::provider::{PaymentProvider, ProviderError, RefundReport, Report};
use crate::settle::{CLEAN_UP_AFTER, SettleError, Settler};
use domain::booking::{Booking, BookingStatus};
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, owed_back};
use domain::refund::{Refund, RefundReason, RefundStatus};
use jiff::Timestamp;
use store::{AuditEntry, MoveRefundError, RequestRefundError};

impl Settler {
    /// Sees to it that what is owed of a captured payment is on its way. Every step may be repeated; the provider knows each
    /// refund by a name of its own.
    pub(crate) async fn send_back(&self, booking: Option<&Booking>, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        // What was decided meanwhile counts.
        let Some(payment) = self.store.payment(&payment.id).await?.filter(|payment| payment.status == PaymentStatus::Captured) else {
            return Ok(());
        };
        let missing = owed_back(booking, &payment) - payment.refunded;
        if missing > 0 {
            self.begin_refund(booking, &payment, missing, now).await?;
        }
        self.follow_refunds(&payment, now).await?;
        self.conclude(booking, &payment, now).await
    }

    /// Writes down that so much more goes back. It is named after what went back before, so that two runs write the same.
    async fn begin_refund(&self, booking: Option<&Booking>, payment: &Payment, missing: i64, now: Timestamp) -> Result<(), SettleError> {
        let was_bought = booking.is_some_and(|booking| booking.is_paid_by(payment) && booking.confirmed_at.is_some());
        let reason = if was_bought { RefundReason::Cancelled } else { RefundReason::Unwanted };
        let id = payment.id.refund_id(&payment.refunded.to_string());
        let amount = Money { amount: missing, currency: payment.amount.currency.clone() };
        let refund = Refund::of(payment, id, amount, reason, now);
        match self.store.request_refund(payment, &refund, now).await {
            // Another run was faster, or a dispute was: whoever it was looks after it.
            Ok(()) | Err(RequestRefundError::Exists | RequestRefundError::NotRefundable) => Ok(()),
            Err(RequestRefundError::Database(error)) => Err(error.into()),
        }
    }

    /// Asks the provider about every refund that is on its way. One that cannot be asked about does not hold up the others.
    async fn follow_refunds(&self, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let mut failed = None;
        for refund in self.store.refunds_of(&payment.id).await?.iter().filter(|refund| refund.status.is_open()) {
            if let Err(error) = self.follow_refund(payment, refund, now).await {
                failed = Some(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Asks the provider to make a refund, or how it is, and writes down what it says.
    pub(crate) async fn follow_refund(&self, payment: &Payment, refund: &Refund, now: Timestamp) -> Result<(), SettleError> {
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        let moved = match (refund.status, payment.is_disputed()) {
            // The bank has the money, and may keep it.
            (RefundStatus::Requested, true) => return Ok(()),
            (RefundStatus::Requested, false) if payment.refunded + payment.charged_back() > payment.captured => {
                refund.failed("charged-back".to_owned())
            }
            _ => moved(provider, payment, refund).await?,
        };
        if moved.status == refund.status {
            return Ok(());
        }
        match self.store.move_refund(payment, refund, &moved, now).await {
            Ok(()) if moved.status == RefundStatus::Failed => self.note_failure(&moved, now).await,
            // Another run was faster.
            Ok(()) | Err(MoveRefundError::Moved(_) | MoveRefundError::Missing) => Ok(()),
            Err(MoveRefundError::Database(error)) => Err(error.into()),
        }
    }

    async fn note_failure(&self, refund: &Refund, now: Timestamp) -> Result<(), SettleError> {
        tracing::error!(metric = "refunds_failed", refund = refund.id.as_str(), payment = refund.payment.as_str(), "a refund failed");
        let entry = AuditEntry {
            subject: refund.booking.to_string(),
            action: "refund.failed".to_owned(),
            detail: refund.failure.clone().unwrap_or_default(),
            actor: None,
            at: now,
            id: refund.provider_name(),
        };
        Ok(self.store.record_audit(&entry).await?)
    }

    /// What follows from how far the refunds are: the payment and its booking are told when all is back, and the reconciler when to
    /// look again. A refund that failed waits for somebody to ask for it again.
    async fn conclude(&self, booking: Option<&Booking>, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let Some(payment) = self.store.payment(&payment.id).await? else { return Ok(()) };
        let refunds = self.store.refunds_of(&payment.id).await?;
        let all = |status: fn(RefundStatus) -> bool| refunds.iter().all(|refund| status(refund.status));
        if !all(|status| status == RefundStatus::Done) || owed_back(booking, &payment) > payment.refunded {
            if refunds.iter().any(|refund| refund.status.is_open()) && !payment.is_disputed() {
                return Ok(self.store.set_payment_due(&payment.id, Some(now + self.ask_every)).await?);
            }
            return self.leave_alone(&payment, now).await;
        }
        self.store.finish_refunded(&payment).await?;
        if let Some(booking) = booking.filter(|booking| booking.is_paid_by(&payment)) {
            let whole = booking.rest().total() == 0 || booking.confirmed_at.is_none();
            let to = if whole { BookingStatus::Refunded } else { BookingStatus::PartiallyRefunded };
            self.tell_refunded(booking, to).await?;
        }
        if booking.is_some_and(|booking| matches!(booking.status, BookingStatus::Cancelled | BookingStatus::Expired)) {
            return Ok(self.store.set_payment_due(&payment.id, Some(now + CLEAN_UP_AFTER)).await?);
        }
        self.leave_alone(&payment, now).await
    }

    /// A payment that we gave up was taken all the same: by a capture that was on its way, or by hand. It goes back. False if it
    /// was not taken.
    pub(crate) async fn send_back_if_taken(
        &self,
        booking: Option<&Booking>,
        payment: &Payment,
        now: Timestamp,
    ) -> Result<bool, SettleError> {
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(false) };
        let report: Report = match provider.report(payment).await {
            Ok(report) if report.status.was_taken() => report,
            Ok(_) | Err(ProviderError::Unknown) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let payment = self.record(payment, &report, now).await?;
        self.send_back(booking, &payment, now).await?;
        let entry = AuditEntry {
            subject: payment.id.to_string(),
            action: "payment.sent-back".to_owned(),
            detail: "taken after it was given up".to_owned(),
            actor: None,
            at: now,
            id: format!("{}-late", payment.id),
        };
        self.store.record_audit(&entry).await?;
        Ok(true)
    }
}

/// The refund as the provider has it.
async fn moved(provider: &dyn PaymentProvider, payment: &Payment, refund: &Refund) -> Result<Refund, ProviderError> {
    let RefundReport { reference, progress } = match provider.refund(payment, refund).await {
        Ok(report) => report,
        // For good, as far as this name goes: somebody has to look at it.
        Err(ProviderError::Refused(why)) => return Ok(refund.failed(why)),
        Err(ProviderError::WrongState(report)) => return Ok(refund.failed(format!("the payment is {}", report.status.as_str()))),
        Err(error @ (ProviderError::Unknown | ProviderError::Unavailable(_))) => return Err(error),
    };
    Ok(match progress {
        RefundProgress::Pending if refund.status == RefundStatus::Done => refund.clone(),
        RefundProgress::Pending => refund.at_provider(RefundStatus::Processing, reference),
        RefundProgress::Done => refund.at_provider(RefundStatus::Done, reference),
        RefundProgress::Failed => refund.at_provider(RefundStatus::Failed, reference).failed("failed".to_owned()),
    })
}
