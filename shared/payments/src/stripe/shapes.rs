//! What Stripe answers, as far as we look. Members that we do not name are passed over: Stripe adds some all the time.

use crate::http::{Useless, unavailable};
use crate::provider::{ProviderError, Report};
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
    #[serde(default)]
    amount_received: i64,
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
            "succeeded" if self.is_refunded() => (PaymentStatus::Refunded, self.amount_received),
            "succeeded" => (PaymentStatus::Captured, self.amount_received),
            "canceled" => (PaymentStatus::Voided, self.amount),
            other => return Err(unavailable(Useless::Strange(format!("a payment is {other}")))),
        };
        Ok(Report { status, amount: Money { amount, currency: currency(&self.currency)? } })
    }

    fn is_refunded(&self) -> bool {
        match self.latest_charge {
            Some(Charge::Expanded { amount_refunded }) => amount_refunded > 0 && amount_refunded >= self.amount_received,
            Some(Charge::Named(_)) | None => false,
        }
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
}

impl Refund {
    /// Whether the money is back or on its way.
    pub(super) fn went_out(&self) -> bool {
        matches!(self.status.as_str(), "succeeded" | "pending" | "requires_action")
    }
}

/// A dispute.
#[derive(Deserialize)]
pub(super) struct Dispute {
    pub(super) id: String,
    pub(super) payment_intent: Option<String>,
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
