//! Stripe's web hooks: `Stripe-Signature: t=<seconds>,v1=<HMAC-SHA256 of t.body>`, several `v1` while secrets are changed.
//!
//! <https://docs.stripe.com/webhooks#verify-manually>

use super::shapes::{Dispute, Intent, Refund};
use crate::event::{About, Event, Subject, event_id};
use crate::provider::WebhookError;
use crate::signature::verify_timed;
use domain::payment::PaymentStatus;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// The event, if Stripe signed these very bytes lately.
pub(super) fn verified(secrets: &[Vec<u8>], signature: &str, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
    if !verify_timed(secrets, signature, body, now) {
        return Err(WebhookError::Forged);
    }
    let envelope: Envelope = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
    let at = Timestamp::from_second(envelope.created).map_err(|_| WebhookError::Malformed)?;
    let about = about(&envelope.kind, envelope.data.object)?;
    Ok(Event { id: event_id(&envelope.id)?, at, about })
}

fn about(kind: &str, object: Value) -> Result<About, WebhookError> {
    match kind {
        "payment_intent.amount_capturable_updated"
        | "payment_intent.succeeded"
        | "payment_intent.payment_failed"
        | "payment_intent.canceled" => of_payment(kind, object),
        "refund.updated" | "refund.failed" => of_refund(kind, object),
        "charge.dispute.created" | "charge.dispute.closed" | "charge.dispute.funds_reinstated" => {
            let dispute: Dispute = shaped(object)?;
            let Some(reference) = dispute.payment_intent else { return Ok(unknown(kind)) };
            Ok(About::Dispute { of: Subject::Reference(reference), dispute: dispute.id })
        }
        _ => Ok(unknown(kind)),
    }
}

/// Payments of this account that are not ours carry no name of ours.
fn of_payment(kind: &str, object: Value) -> Result<About, WebhookError> {
    let intent: Intent = shaped(object)?;
    let Some(payment) = intent.payment_id().and_then(|id| id.parse().ok()) else { return Ok(unknown(kind)) };
    // A state that this version does not know is not guessed at; the reconciler will ask.
    let Ok(mut report) = intent.report() else { return Ok(unknown(kind)) };
    if kind == "payment_intent.payment_failed" && report.status == PaymentStatus::Created {
        report.status = PaymentStatus::Declined;
    }
    Ok(About::Payment { of: Subject::Ours { payment, reference: intent.id }, report })
}

fn of_refund(kind: &str, object: Value) -> Result<About, WebhookError> {
    let refund: Refund = shaped(object)?;
    let Some(progress) = refund.progress() else { return Ok(unknown(kind)) };
    let Some(reference) = refund.payment_intent else { return Ok(unknown(kind)) };
    Ok(About::Refund { of: Subject::Reference(reference), refund: refund.id, progress })
}

fn unknown(kind: &str) -> About {
    About::Unknown { kind: kind.chars().take(100).collect() }
}

fn shaped<T: DeserializeOwned>(object: Value) -> Result<T, WebhookError> {
    serde_json::from_value(object).map_err(|_| WebhookError::Malformed)
}
