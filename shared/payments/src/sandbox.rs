//! The sandbox: a payment provider of our own that behaves like the others, for local work and demonstrations.
//!
//! Its books are its own (`store::SandboxPayment`); it signs proofs and web hooks with a secret, and calls back through a
//! queue, so that its calls come late, twice or never as real ones do.

use crate::event::{About, Event, RefundProgress, Subject, event_id};
use crate::http;
use crate::provider::{
    Answer, Header, ListedPage, ListedPayment, NewPayment, PaymentProvider, ProofError, ProviderError, RefundReport, Report,
    StartedPayment, WebhookError, Window,
};
use crate::signature::{sign, verify, verify_timed};
use domain::dispute::Dispute;
use domain::id::PaymentId;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::Refund;
use domain::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{DatabaseError, SandboxError, SandboxPayment, Store, day_of};
use wire::SandboxProof;

/// The header that carries the web hook's signature: `t=<seconds>,v1=<hexadecimal>`.
pub const SANDBOX_SIGNATURE_HEADER: &str = "sandbox-signature";

/// Payments of a page of the sandbox's list.
const PAGE: u16 = 100;

/// What a web hook's body says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SandboxEvent {
    /// The event's own id.
    pub id: String,
    /// Which payment.
    pub payment_id: PaymentId,
    /// What it became at the time of the event.
    pub status: PaymentStatus,
    /// How much, in minor units.
    pub amount: domain::money::Money,
    /// The dispute that this is about, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<String>,
}

/// The sandbox provider.
#[derive(Debug, Clone)]
pub struct Sandbox {
    store: Store,
    secret: Vec<u8>,
}

impl Sandbox {
    /// A sandbox with its books in `store`, signing with `secret`.
    pub fn new(store: Store, secret: &str) -> Self {
        Self { store, secret: secret.as_bytes().to_vec() }
    }

    /// What the buyer's browser takes to `/confirm`.
    pub fn proof(&self, payment: &SandboxPayment) -> SandboxProof {
        let signature = sign(&self.secret, &[proof_text(&payment.id, payment.status).as_bytes()]);
        let signature: Text<64, 64> = signature.parse().expect("32 bytes are 64 hexadecimal digits");
        SandboxProof { payment_id: payment.id.clone(), status: payment.status, signature }
    }

    /// The value of the signature header for a web hook sent at `now`.
    pub fn webhook_signature(&self, body: &[u8], now: Timestamp) -> String {
        let t = now.as_second().to_string();
        format!("t={t},v1={}", sign(&self.secret, &[t.as_bytes(), b".", body]))
    }

    async fn payment(&self, payment: &Payment) -> Result<SandboxPayment, ProviderError> {
        let found = self.store.sandbox_payment(&payment.id).await.map_err(|error| ProviderError::Unavailable(error.into()))?;
        found.ok_or(ProviderError::Unknown)
    }

    async fn moved(&self, payment: &Payment, to: PaymentStatus) -> Result<Report, ProviderError> {
        match self.store.move_sandbox_payment(&payment.id, to).await {
            Ok(moved) => Ok(report(&moved)),
            Err(SandboxError::WrongState(now)) => Err(ProviderError::WrongState(report(&now))),
            Err(SandboxError::Missing) => Err(ProviderError::Unknown),
            Err(SandboxError::Database(error)) => Err(ProviderError::Unavailable(error.into())),
        }
    }
}

fn report(payment: &SandboxPayment) -> Report {
    Report { status: payment.status, amount: payment.amount.clone() }
}

fn listed(payment: &SandboxPayment) -> ListedPayment {
    let captured = if payment.status.was_taken() { payment.amount.amount } else { 0 };
    ListedPayment { reference: payment.id.to_string(), captured, refunded: payment.refunded(), currency: payment.amount.currency.clone() }
}

/// What the proof's signature covers.
fn proof_text(payment: &PaymentId, status: PaymentStatus) -> String {
    format!("{payment}|{}", status.as_str())
}

impl PaymentProvider for Sandbox {
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment> {
        Box::pin(async move {
            let books = SandboxPayment {
                id: payment.id.clone(),
                booking: payment.booking.clone(),
                buyer: payment.buyer.clone(),
                amount: payment.amount.clone(),
                status: PaymentStatus::Created,
                held_until: payment.held_until,
                refunds: BTreeMap::new(),
                dispute: None,
            };
            self.store.create_sandbox_payment(&books).await.map_err(|error| ProviderError::Unavailable(error.into()))?;
            Ok(StartedPayment { reference: payment.id.to_string(), ..StartedPayment::default() })
        })
    }

    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment> {
        Box::pin(async move { Ok(StartedPayment { reference: payment.provider_reference.clone(), ..StartedPayment::default() }) })
    }

    fn verify_proof<'a>(&'a self, payment: &'a Payment, proof: &'a [u8]) -> Answer<'a, Report, ProofError> {
        Box::pin(async move {
            let proof: SandboxProof = serde_json::from_slice(proof).map_err(|_| ProofError::Malformed)?;
            if proof.payment_id != payment.id {
                return Err(ProofError::Foreign);
            }
            let signed = proof_text(&proof.payment_id, proof.status);
            if !verify(&self.secret, &[signed.as_bytes()], proof.signature.as_str()) {
                return Err(ProofError::Forged);
            }
            // The proof may be old: the books say what is true now.
            Ok(report(&self.payment(payment).await?))
        })
    }

    fn verify_webhook(&self, header: Header<'_>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
        let signature = header(SANDBOX_SIGNATURE_HEADER).unwrap_or_default();
        if !verify_timed(std::slice::from_ref(&self.secret), signature, body, now) {
            return Err(WebhookError::Forged);
        }
        let event: SandboxEvent = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        let of = Subject::Ours { reference: event.payment_id.to_string(), payment: event.payment_id };
        let about = match event.dispute {
            Some(dispute) => About::Dispute { of, dispute },
            None => About::Payment { of, report: Report { status: event.status, amount: event.amount } },
        };
        Ok(Event { id: event_id(&event.id)?, at: now, about })
    }

    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { Ok(report(&self.payment(payment).await?)) })
    }

    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(self.moved(payment, PaymentStatus::Captured))
    }

    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(self.moved(payment, PaymentStatus::Voided))
    }

    fn refund<'a>(&'a self, payment: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport> {
        Box::pin(async move {
            let name = refund.provider_name();
            let done = RefundReport { reference: name.clone(), progress: RefundProgress::Done };
            let books = self.payment(payment).await?;
            if books.refunds.contains_key(&name) || books.refunded() == books.amount.amount {
                return Ok(done);
            }
            match self.store.refund_sandbox_payment(&books, &name, refund.amount.amount).await {
                Ok(()) => Ok(done),
                Err(SandboxError::WrongState(now)) if now.refunds.contains_key(&name) => Ok(done),
                Err(SandboxError::WrongState(_)) => Err(ProviderError::Refused("not-so-much-left".to_owned())),
                Err(SandboxError::Missing) => Err(ProviderError::Unknown),
                Err(SandboxError::Database(error)) => Err(ProviderError::Unavailable(error.into())),
            }
        })
    }

    fn dispute<'a>(&'a self, payment: &'a Payment, dispute: &'a str) -> Answer<'a, Option<Dispute>> {
        Box::pin(async move {
            let known = self.payment(payment).await?.dispute.filter(|known| known.reference == dispute);
            known.map(Some).ok_or(ProviderError::Unknown)
        })
    }

    /// A day at a time, by the day on which a payment's places were held.
    fn listed<'a>(&'a self, window: &'a Window, after: Option<&'a str>) -> Answer<'a, ListedPage> {
        Box::pin(async move {
            let unavailable = |error: DatabaseError| ProviderError::Unavailable(error.into());
            let (day, after) = match after.and_then(|after| after.split_once('/')) {
                Some((day, after)) => (day.parse().map_err(http::unavailable)?, Some(after)),
                None => (day_of(window.from), None),
            };
            let found = self.store.sandbox_payments(day, after, PAGE).await.map_err(unavailable)?;
            let tomorrow = day.tomorrow().map_err(http::unavailable)?;
            let next = match found.last() {
                Some(last) => Some(format!("{day}/{}", last.id)),
                None if tomorrow <= day_of(window.until) => Some(format!("{tomorrow}/ ")),
                None => None,
            };
            Ok(ListedPage { payments: found.iter().map(listed).collect(), next })
        })
    }
}
