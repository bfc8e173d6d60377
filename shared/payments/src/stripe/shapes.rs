//! What Stripe answers, as far as we look. Members that we do not name are passed over: Stripe adds some all the time.

use crate::event::RefundProgress;
use crate::http::{Useless, unavailable};
use crate::provider::{ListedPayment, ProviderError, RefundReport, Report};
use domain::dispute::DisputeStatus;
use domain::money::{Currency, Money};
use domain::payment::PaymentStatus;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A `PaymentIntent`.
#[derive(Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) client_secret: Option<String>,
    status: String,
    amount: i64,
    #[serde(default)]
    amount_capturable: i64,
    amount_received: Option<i64>,
    currency: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    last_payment_error: Option<serde_json::Value>,
    latest_charge: Option<Charge>,
}

/// A charge, if it was asked for; else its name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Charge {
    Expanded {
        #[serde(default)]
        amount_refunded: i64,
    },
    Named(#[expect(dead_code, reason = "only tells the shapes apart")] String),
}

impl Intent {
    /// Our name of the payment.
    pub(super) fn payment_id(&self) -> Option<&str> {
        self.metadata.get("payment_id").map(String::as_str)
    }

    /// What it says of the payment.
    ///
    /// | Stripe's status | ours |
    /// |---|---|
    /// | `requires_payment_method` | CREATED, or DECLINED after a failure |
    /// | `requires_confirmation`, `requires_action`, `processing` | CREATED |
    /// | `requires_capture` | AUTHORIZED |
    /// | `succeeded` | CAPTURED, or REFUNDED once all of it went back |
    /// | `canceled` | VOIDED |
    /// | any other | not guessed: asked again later |
    pub(super) fn report(&self) -> Result<Report, ProviderError> {
        let (status, amount) = match self.status.as_str() {
            "requires_payment_method" if self.last_payment_error.is_some() => (PaymentStatus::Declined, self.amount),
            "requires_payment_method" | "requires_confirmation" | "requires_action" | "processing" => (PaymentStatus::Created, self.amount),
            "requires_capture" => (PaymentStatus::Authorized, self.amount_capturable),
            "succeeded" if self.is_refunded() => (PaymentStatus::Refunded, self.received()),
            "succeeded" => (PaymentStatus::Captured, self.received()),
            "canceled" => (PaymentStatus::Voided, self.amount),
            other => return Err(unavailable(Useless::Strange(format!("a payment is {other}")))),
        };
        Ok(Report { status, amount: Money { amount, currency: currency(&self.currency)? } })
    }

    fn is_refunded(&self) -> bool {
        self.amount_refunded() > 0 && self.left() == 0
    }

    /// What was taken of a payment that succeeded; all of it where nothing else is said.
    fn received(&self) -> i64 {
        self.amount_received.unwrap_or(self.amount)
    }

    fn amount_refunded(&self) -> i64 {
        match self.latest_charge {
            Some(Charge::Expanded { amount_refunded }) => amount_refunded,
            Some(Charge::Named(_)) | None => 0,
        }
    }

    /// What was taken and has not gone back.
    pub(super) fn left(&self) -> i64 {
        (self.received() - self.amount_refunded()).max(0)
    }

    /// As a line of the list.
    pub(super) fn listed(&self) -> Result<ListedPayment, ProviderError> {
        let captured = if self.status == "succeeded" { self.received() } else { 0 };
        let currency = currency(&self.currency)?;
        Ok(ListedPayment { reference: self.id.clone(), captured, refunded: self.amount_refunded(), currency })
    }
}

fn currency(code: &str) -> Result<Currency, ProviderError> {
    code.to_uppercase().parse().map_err(unavailable)
}

/// A refund.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) payment_intent: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

impl Refund {
    /// Whether it was made under this name of ours.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.metadata.get("refund").is_some_and(|known| known == name)
    }

    /// How far it is; a state that this version does not know is not guessed.
    pub(super) fn progress(&self) -> Option<RefundProgress> {
        match self.status.as_str() {
            "pending" | "requires_action" => Some(RefundProgress::Pending),
            "succeeded" => Some(RefundProgress::Done),
            "failed" | "canceled" => Some(RefundProgress::Failed),
            _ => None,
        }
    }

    /// What it says of the refund.
    pub(super) fn report(&self) -> Result<RefundReport, ProviderError> {
        let progress = self.progress().ok_or_else(|| unavailable(Useless::Strange(format!("a refund is {}", self.status))))?;
        Ok(RefundReport { reference: self.id.clone(), progress })
    }
}

/// A list.
#[derive(Deserialize)]
pub(super) struct Listed<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// A dispute.
#[derive(Deserialize)]
pub(super) struct Dispute {
    pub(super) id: String,
    pub(super) payment_intent: Option<String>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    amount: i64,
}

impl Dispute {
    /// As we keep it. Inquiries (`warning_…`) take no money.
    pub(super) fn of(self, payment_intent: &str) -> Result<Option<domain::dispute::Dispute>, ProviderError> {
        if self.payment_intent.as_deref() != Some(payment_intent) {
            return Err(ProviderError::Unknown);
        }
        let status = match self.status.as_str() {
            "needs_response" | "under_review" => DisputeStatus::Open,
            "won" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            "warning_needs_response" | "warning_under_review" | "warning_closed" | "prevented" => return Ok(None),
            other => return Err(unavailable(Useless::Strange(format!("a dispute is {other}")))),
        };
        Ok(Some(domain::dispute::Dispute { reference: self.id, status, amount: self.amount }))
    }
}

/// Why Stripe refused.
#[derive(Deserialize)]
pub(super) struct Failure {
    error: FailureReason,
}

#[derive(Deserialize)]
struct FailureReason {
    code: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Failure {
    /// Stripe's word for it; its sentences may speak of cards and people.
    pub(super) fn code(self) -> String {
        self.error.code.or(self.error.kind).unwrap_or_else(|| "unknown".to_owned())
    }
}
