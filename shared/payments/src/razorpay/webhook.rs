//! Razorpay's web hooks: `X-Razorpay-Signature` is HMAC-SHA256 of the body. There is no time in it, so an old one can be sent again
//! by whoever has it: its name, which is not signed, only spares us work, and Razorpay itself is asked before anything follows.
//!
//! <https://razorpay.com/docs/webhooks/validate-test/>

use super::shapes::{Attempt, Refund};
use crate::event::{About, Event, RefundProgress, Subject, event_id};
use crate::provider::WebhookError;
use crate::signature::verify_any;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
struct Envelope {
    event: String,
    created_at: Option<i64>,
    #[serde(default)]
    payload: Payload,
}

#[derive(Deserialize, Default)]
struct Payload {
    payment: Option<Entity>,
    refund: Option<Entity>,
    dispute: Option<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    entity: Value,
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
}

/// The event, if Razorpay signed these very bytes.
pub(super) fn verified(secrets: &[Vec<u8>], signature: &str, id: Option<&str>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
    if !verify_any(secrets, &[body], &[signature]) {
        return Err(WebhookError::Forged);
    }
    let envelope: Envelope = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
    let at = envelope.created_at.and_then(|at| Timestamp::from_second(at).ok()).unwrap_or(now);
    let id = event_id(id.ok_or(WebhookError::Malformed)?)?;
    Ok(Event { id, at, about: about(&envelope.event, envelope.payload)? })
}

fn about(kind: &str, payload: Payload) -> Result<About, WebhookError> {
    let unknown = About::Unknown { kind: kind.chars().take(100).collect() };
    // Notes come through the buyer's browser; the order's name is the only one that counts.
    let Some(attempt) = payload.payment.map(shaped::<Attempt>).transpose()? else { return Ok(unknown) };
    let report = attempt.report();
    let Some(order) = attempt.order_id else { return Ok(unknown) };
    let of = Subject::Reference(order);
    match (kind, report) {
        ("payment.authorized" | "payment.captured" | "payment.failed" | "order.paid", Ok(report)) => Ok(About::Payment { of, report }),
        ("refund.processed" | "refund.failed", _) => {
            let Some(refund) = payload.refund.map(shaped::<Refund>).transpose()? else { return Ok(unknown) };
            let progress = if kind == "refund.processed" { RefundProgress::Done } else { RefundProgress::Failed };
            Ok(About::Refund { of, refund: refund.id, progress })
        }
        ("payment.dispute.created" | "payment.dispute.won" | "payment.dispute.lost" | "payment.dispute.closed", _) => {
            let Some(dispute) = payload.dispute.map(shaped::<Dispute>).transpose()? else { return Ok(unknown) };
            Ok(About::Dispute { of, dispute: dispute.id })
        }
        _ => Ok(unknown),
    }
}

fn shaped<T: DeserializeOwned>(entity: Entity) -> Result<T, WebhookError> {
    serde_json::from_value(entity.entity).map_err(|_| WebhookError::Malformed)
}
