//! What Razorpay answers, as far as we look.

use crate::event::RefundProgress;
use crate::http::{Useless, unavailable};
use crate::provider::{ListedPayment, NewPayment, ProviderError, RefundReport, Report};
use domain::dispute::DisputeStatus;
use domain::money::{Currency, Money};
use domain::payment::PaymentStatus;
use serde::Deserialize;

/// A list.
#[derive(Deserialize)]
pub(super) struct Listed<T> {
    pub(super) items: Vec<T>,
}

/// An order.
#[derive(Deserialize)]
pub(super) struct Order {
    pub(super) id: String,
    amount: i64,
    currency: Currency,
    receipt: Option<String>,
}

impl Order {
    /// Whether it was made for this payment of ours.
    pub(super) fn is_for(&self, payment: &NewPayment) -> bool {
        self.receipt.as_deref() == Some(payment.id.as_str())
            && self.amount == payment.amount.amount
            && self.currency == payment.amount.currency
    }
}

/// One try to pay an order: a payment, as Razorpay calls it.
#[derive(Deserialize)]
pub(super) struct Attempt {
    pub(super) id: String,
    status: String,
    amount: i64,
    currency: Currency,
    pub(super) order_id: Option<String>,
    #[serde(default)]
    amount_refunded: i64,
    captured: Option<bool>,
}

impl Attempt {
    pub(super) fn is_authorized(&self) -> bool {
        self.status == "authorized"
    }

    /// Whether it was captured once, whatever went back since.
    pub(super) fn was_captured(&self) -> bool {
        self.status == "captured" || (self.status == "refunded" && self.captured != Some(false))
    }

    /// As a line of the list; payments without an order are none of ours.
    pub(super) fn listed(&self) -> Option<ListedPayment> {
        let reference = self.order_id.clone()?;
        let (captured, refunded) = if self.was_captured() { (self.amount, self.amount_refunded) } else { (0, 0) };
        Some(ListedPayment { reference, captured, refunded, currency: self.currency.clone() })
    }

    /// What is left to send back.
    pub(super) fn refundable(&self) -> i64 {
        self.amount - self.amount_refunded
    }

    /// | Razorpay's status | ours |
    /// |---|---|
    /// | `created` | CREATED |
    /// | `authorized` | AUTHORIZED |
    /// | `captured` | CAPTURED, or REFUNDED once all of it went back |
    /// | `refunded` | REFUNDED, or VOIDED if it was never captured: it lapsed |
    /// | `failed` | DECLINED |
    /// | any other | not guessed: asked again later |
    pub(super) fn report(&self) -> Result<Report, ProviderError> {
        let status = match self.status.as_str() {
            "created" => PaymentStatus::Created,
            "authorized" => PaymentStatus::Authorized,
            "captured" if self.refundable() == 0 => PaymentStatus::Refunded,
            "captured" => PaymentStatus::Captured,
            "refunded" if self.captured == Some(false) => PaymentStatus::Voided,
            "refunded" => PaymentStatus::Refunded,
            "failed" => PaymentStatus::Declined,
            other => return Err(unavailable(Useless::Strange(format!("a payment is {other}")))),
        };
        Ok(Report { status, amount: Money { amount: self.amount, currency: self.currency.clone() } })
    }
}

/// What an order's tries come to: the one that went farthest. Failed and then authorized is legal, and so are both at once.
pub(super) fn summed_up(attempts: &[Attempt], amount: &Money) -> Result<Report, ProviderError> {
    let mut farthest = Report { status: PaymentStatus::Created, amount: amount.clone() };
    for attempt in attempts {
        let report = attempt.report()?;
        if distance(report.status) > distance(farthest.status) {
            farthest = report;
        }
    }
    Ok(farthest)
}

fn distance(status: PaymentStatus) -> u8 {
    match status {
        PaymentStatus::Created | PaymentStatus::Superseded => 0,
        PaymentStatus::Declined => 1,
        PaymentStatus::Voided => 2,
        PaymentStatus::Refunded => 3,
        PaymentStatus::Authorized => 4,
        PaymentStatus::Captured => 5,
    }
}

/// A refund.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    status: String,
    receipt: Option<String>,
}

impl Refund {
    /// Whether it was made under this name of ours.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.receipt.as_deref() == Some(name)
    }

    /// What it says of the refund.
    pub(super) fn report(&self) -> Result<RefundReport, ProviderError> {
        let progress = match self.status.as_str() {
            "pending" => RefundProgress::Pending,
            "processed" => RefundProgress::Done,
            "failed" => RefundProgress::Failed,
            other => return Err(unavailable(Useless::Strange(format!("a refund is {other}")))),
        };
        Ok(RefundReport { reference: self.id.clone(), progress })
    }
}

/// A dispute.
#[derive(Deserialize)]
pub(super) struct Dispute {
    id: String,
    pub(super) payment_id: String,
    status: String,
    amount: i64,
}

impl Dispute {
    /// As we keep it.
    pub(super) fn kept(self) -> Result<domain::dispute::Dispute, ProviderError> {
        let status = match self.status.as_str() {
            "open" | "under_review" => DisputeStatus::Open,
            "won" | "closed" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            other => return Err(unavailable(Useless::Strange(format!("a dispute is {other}")))),
        };
        Ok(domain::dispute::Dispute { reference: self.id, status, amount: self.amount })
    }
}

/// Why Razorpay refused.
#[derive(Deserialize)]
pub(super) struct Failure {
    error: FailureReason,
}

#[derive(Deserialize)]
struct FailureReason {
    code: Option<String>,
    reason: Option<String>,
}

impl Failure {
    /// Razorpay's word for it; its sentences may speak of people.
    pub(super) fn code(self) -> String {
        self.error.reason.or(self.error.code).unwrap_or_else(|| "unknown".to_owned())
    }
}
