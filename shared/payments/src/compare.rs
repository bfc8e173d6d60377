//! Our books against the provider's own list: what web hooks and the reconciler should have settled long ago.

use crate::provider::{ListedPayment, PaymentProvider, Window};
use crate::settle::{SettleError, Settler};
use domain::id::PaymentId;
use domain::payment::{Payment, Provider};
use domain::refund::RefundStatus;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::AuditEntry;

/// What a comparison came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Payments of the list that are ours.
    pub compared: u32,
    /// Payments of the list that are not: the account sells other things, too.
    pub foreign: u32,
    /// What differs.
    pub differences: Vec<Difference>,
    /// The provider's names of what is ours in the list.
    pub listed: BTreeSet<String>,
}

/// A payment of which the provider says something else than our books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub payment: PaymentId,
    /// By whose list.
    pub provider: Provider,
    /// What was taken, in minor units: theirs, ours. None where their list does not know it.
    pub captured: (Option<i64>, i64),
    /// What of it went back: theirs, ours.
    pub refunded: (Option<i64>, i64),
}

impl Settler {
    /// Goes through a provider's list of payments that were made in this time. What differs is written to the payment's audit log and
    /// looked after from now on: the reconciler asks the provider and puts right what it can.
    pub async fn compare(&self, of: Provider, window: &Window, now: Timestamp) -> Result<Comparison, SettleError> {
        let Some(provider) = self.providers.get(of) else { return Ok(Comparison::default()) };
        let mut comparison = Comparison::default();
        let mut after: Option<String> = None;
        loop {
            let page = provider.listed(window, after.as_deref()).await?;
            for listed in &page.payments {
                self.compare_one(of, listed, &mut comparison, now).await?;
            }
            after = page.next;
            if after.is_none() {
                return Ok(comparison);
            }
        }
    }

    async fn compare_one(
        &self,
        of: Provider,
        listed: &ListedPayment,
        comparison: &mut Comparison,
        now: Timestamp,
    ) -> Result<(), SettleError> {
        let Some(payment) = self.known_as(of, &listed.reference).await? else {
            comparison.foreign += 1;
            return Ok(());
        };
        // One of several tries to pay, perhaps: what we captured and no line has is asked about alone (`compare_unlisted`).
        if listed.captured == 0 {
            return Ok(());
        }
        comparison.compared += 1;
        comparison.listed.insert(listed.reference.clone());
        let refunded = self.refunded_of(&payment, listed.refunded).await?;
        if (listed.captured, listed.refunded) == (payment.captured, refunded) && listed.currency == payment.amount.currency {
            return Ok(());
        }
        let captured = (Some(listed.captured), payment.captured);
        let difference = Difference { payment: payment.id, provider: of, captured, refunded: (Some(listed.refunded), refunded) };
        self.note_difference(&difference, now).await?;
        comparison.differences.push(difference);
        Ok(())
    }

    /// A payment that we captured and that the list does not have: the provider is asked about it alone, for a list may be cut off.
    pub async fn compare_unlisted(
        &self,
        id: &PaymentId,
        listed: &BTreeSet<String>,
        now: Timestamp,
    ) -> Result<Option<Difference>, SettleError> {
        let Some(payment) = self.store.payment(id).await? else { return Ok(None) };
        let Some(provider) = self.providers.get(payment.provider).filter(|_| !listed.contains(&payment.provider_reference)) else {
            return Ok(None);
        };
        if was_taken(provider, &payment).await? {
            return Ok(None);
        }
        let difference = Difference {
            provider: payment.provider,
            captured: (None, payment.captured),
            refunded: (None, payment.refunded),
            payment: payment.id,
        };
        self.note_difference(&difference, now).await?;
        Ok(Some(difference))
    }

    /// What of a payment went back or is on its way, by our books.
    async fn refunded_of(&self, payment: &Payment, theirs: i64) -> Result<i64, SettleError> {
        if payment.refunded == 0 && theirs == 0 {
            return Ok(0);
        }
        let refunds = self.store.refunds_of(&payment.id).await?;
        let gone = refunds.iter().filter(|refund| matches!(refund.status, RefundStatus::Processing | RefundStatus::Done));
        Ok(gone.map(|refund| refund.amount.amount).sum())
    }

    async fn known_as(&self, of: Provider, reference: &str) -> Result<Option<Payment>, SettleError> {
        let id = match of {
            Provider::Sandbox | Provider::Free => reference.parse().ok(),
            Provider::Stripe | Provider::Razorpay => self.store.payment_by_reference(of, reference).await?,
        };
        match id {
            Some(id) => Ok(self.store.payment(&id).await?),
            None => Ok(None),
        }
    }

    async fn note_difference(&self, difference: &Difference, now: Timestamp) -> Result<(), SettleError> {
        let Difference { payment, provider, captured, refunded } = difference;
        tracing::error!(metric = "ledger_differences", payment = payment.as_str(), provider = ?provider, "the provider's list differs from our books");
        let entry = AuditEntry {
            subject: payment.to_string(),
            action: "payment.differs".to_owned(),
            detail: format!("captured {captured:?}, refunded {refunded:?} (theirs, ours)"),
            actor: None,
            at: now,
            id: format!("{payment}-differs-{}", now.as_second()),
        };
        self.store.record_audit(&entry).await?;
        Ok(self.store.set_payment_due(payment, Some(now)).await?)
    }
}

async fn was_taken(provider: &dyn PaymentProvider, payment: &Payment) -> Result<bool, SettleError> {
    match provider.report(payment).await {
        Ok(report) => Ok(report.status.was_taken()),
        Err(crate::provider::ProviderError::Unknown) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
