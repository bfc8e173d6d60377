//! Nothing to pay: the provider of payments of nothing. It has no books, for no money moves; such a payment is authorized from its start.
//!
//! Whatever it is asked about, it speaks of no money at all: a booking that costs something can never be paid with it.

use crate::event::{Event, RefundProgress};
use crate::provider::{
    Answer, Header, ListedPage, NewPayment, PaymentProvider, ProofError, ProviderError, RefundReport, Report, StartedPayment, WebhookError,
    Window,
};
use domain::dispute::Dispute;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::Refund;
use jiff::Timestamp;

/// The provider of payments of nothing.
#[derive(Debug, Clone, Copy)]
pub struct Free;

impl Free {
    /// Where a payment of nothing is; as far as we have written down, and authorized from the start.
    pub fn report(payment: &Payment) -> Report {
        let status = match payment.status {
            PaymentStatus::Created | PaymentStatus::Declined => PaymentStatus::Authorized,
            PaymentStatus::Authorized
            | PaymentStatus::Captured
            | PaymentStatus::Voided
            | PaymentStatus::Refunded
            | PaymentStatus::Superseded => payment.status,
        };
        Self::reported(payment, status)
    }

    fn reported(payment: &Payment, status: PaymentStatus) -> Report {
        Report { status, amount: Money::zero(payment.amount.currency.clone()) }
    }

    fn started(id: &domain::id::PaymentId) -> StartedPayment {
        StartedPayment { reference: id.to_string(), ..StartedPayment::default() }
    }
}

impl PaymentProvider for Free {
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment> {
        Box::pin(async move {
            match payment.amount.amount {
                0 => Ok(Self::started(&payment.id)),
                _ => Err(ProviderError::Refused("there is something to pay".to_owned())),
            }
        })
    }

    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment> {
        Box::pin(async move { Ok(Self::started(&payment.id)) })
    }

    fn verify_proof<'a>(&'a self, payment: &'a Payment, _: &'a [u8]) -> Answer<'a, Report, ProofError> {
        Box::pin(async move { Ok(Self::report(payment)) })
    }

    fn verify_webhook(&self, _: Header<'_>, _: &[u8], _: Timestamp) -> Result<Event, WebhookError> {
        Err(WebhookError::Forged)
    }

    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { Ok(Self::report(payment)) })
    }

    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { Ok(Self::reported(payment, PaymentStatus::Captured)) })
    }

    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { Ok(Self::reported(payment, PaymentStatus::Voided)) })
    }

    fn refund<'a>(&'a self, _: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport> {
        Box::pin(async move { Ok(RefundReport { reference: refund.provider_name(), progress: RefundProgress::Done }) })
    }

    fn dispute<'a>(&'a self, _: &'a Payment, _: &'a str) -> Answer<'a, Option<Dispute>> {
        Box::pin(async move { Ok(None) })
    }

    fn listed<'a>(&'a self, _: &'a Window, _: Option<&'a str>) -> Answer<'a, ListedPage> {
        Box::pin(async move { Ok(ListedPage::default()) })
    }
}
