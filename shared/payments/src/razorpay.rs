//! Razorpay: Orders with manual capture. The buyer pays an order, perhaps in several tries; each try is a payment of Razorpay's.
//!
//! **There is no void.** An order cannot be withdrawn, and what was authorized and not captured goes back by itself: after
//! `AUTHORIZATION_MINUTES`, which every order carries. So giving a payment up means never to capture it. A capture that was on
//! its way at that moment is found when the payment is looked after once more, and refunded (`Settler::send_back_if_taken`).
//!
//! <https://razorpay.com/docs/api/orders/>, <https://razorpay.com/docs/payments/payments/capture-settings/api/>

mod shapes;
mod webhook;

use crate::event::{Event, RefundProgress};
use crate::http::{Answered, Api, Body, Call, Key, TRY_TIME_MAX, Useless, unavailable};
use crate::provider::{
    Answer, Header, ListedPage, NewPayment, PaymentProvider, ProofError, ProviderError, RefundReport, Report, StartedPayment, WebhookError,
    Window,
};
use crate::signature::{secrets_of, verify};
use domain::dispute::Dispute;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::Refund;
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shapes::{Attempt, Failure, Listed, Order, summed_up};
use std::time::Duration;
use wire::RazorpayProof;

/// Where Razorpay is.
pub const RAZORPAY_API: &str = "https://api.razorpay.com";
/// The header that carries a web hook's signature.
pub const RAZORPAY_SIGNATURE_HEADER: &str = "x-razorpay-signature";
/// The header that carries a web hook's name.
pub const RAZORPAY_EVENT_HEADER: &str = "x-razorpay-event-id";
/// Items of a list that are asked for at once: the most that Razorpay gives.
const PAGE: usize = 100;
/// How long Razorpay keeps an authorized payment for us before the buyer has the money back. Long enough for a night's outage
/// of ours; short enough for buyers whose places were lost.
const AUTHORIZATION_MINUTES: u32 = 720;

/// How Razorpay is reached. Not `Debug`: it holds secrets.
#[derive(Clone)]
pub struct RazorpaySettings {
    /// `rzp_…`; no secret.
    pub key_id: String,
    /// Its secret, which also signs what the checkout hands to the browser.
    pub key_secret: String,
    /// The web hook's secret; while it is changed several, with commas between.
    pub webhook_secrets: String,
    /// Where its API is, without a slash at the end.
    pub api: String,
    /// How long one try of a call may take.
    pub try_time_max: Duration,
}

impl RazorpaySettings {
    /// With these secrets, at this address.
    pub fn new(key_id: &str, key_secret: &str, webhook_secrets: &str, api: &str) -> Self {
        let [key_id, key_secret, webhook_secrets, api] = [key_id, key_secret, webhook_secrets, api].map(str::to_owned);
        Self { key_id, key_secret, webhook_secrets, api, try_time_max: TRY_TIME_MAX }
    }
}

/// Razorpay. Not `Debug`: it knows secrets.
#[derive(Clone)]
pub struct Razorpay {
    api: Api,
    key_secret: Vec<u8>,
    webhook_secrets: Vec<Vec<u8>>,
}

impl Razorpay {
    /// Razorpay with these settings.
    pub fn new(settings: &RazorpaySettings) -> Self {
        let key = Key::Basic(settings.key_id.clone(), settings.key_secret.clone());
        Self {
            api: Api::new(&settings.api, key, settings.try_time_max),
            key_secret: settings.key_secret.as_bytes().to_vec(),
            webhook_secrets: secrets_of(&settings.webhook_secrets),
        }
    }

    async fn get(&self, path: String) -> Result<Answered, ProviderError> {
        let answered = self.api.send(&Call { method: Method::GET, path, headers: &[], body: Body::Empty, repeatable: true }).await?;
        match answered.status {
            StatusCode::OK => Ok(answered),
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => Err(ProviderError::Unknown),
            other => Err(unavailable(Useless::Status(other))),
        }
    }

    /// Only some calls of Razorpay know idempotency keys; those without one are never repeated blindly.
    async fn post(&self, path: String, idempotency: Option<(&'static str, &str)>, body: Value) -> Result<Answered, ProviderError> {
        let headers: Vec<_> = idempotency.into_iter().collect();
        let repeatable = !headers.is_empty();
        self.api.send(&Call { method: Method::POST, path, headers: &headers, body: Body::Json(body), repeatable }).await
    }

    /// The order of an earlier request that died before it could write it down.
    async fn order_with_receipt(&self, payment: &NewPayment) -> Result<Option<Order>, ProviderError> {
        let listed: Listed<Order> = self.get(format!("/v1/orders?receipt={}", payment.id)).await?.parsed()?;
        Ok(listed.items.into_iter().find(|order| order.is_for(payment)))
    }

    /// What was tried for an order so far.
    async fn attempts(&self, payment: &Payment) -> Result<Vec<Attempt>, ProviderError> {
        let reference = named("order_", &payment.provider_reference)?;
        let listed: Listed<Attempt> = self.get(format!("/v1/orders/{reference}/payments")).await?.parsed()?;
        Ok(listed.items.into_iter().filter(|attempt| attempt.order_id.as_deref() == Some(reference)).collect())
    }

    async fn now_is(&self, payment: &Payment, wanted: PaymentStatus) -> Result<Report, ProviderError> {
        let report = summed_up(&self.attempts(payment).await?, &payment.amount)?;
        if report.status == wanted { Ok(report) } else { Err(ProviderError::WrongState(report)) }
    }
}

/// A name that may go into a path.
fn named<'a>(prefix: &str, name: &'a str) -> Result<&'a str, ProviderError> {
    let is_name = name.starts_with(prefix) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_name { Ok(name) } else { Err(ProviderError::Unknown) }
}

impl PaymentProvider for Razorpay {
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment> {
        Box::pin(async move {
            if payment.amount.amount <= 0 {
                return Err(ProviderError::Refused("amounts must be above zero".to_owned()));
            }
            if let Some(order) = self.order_with_receipt(payment).await? {
                return Ok(started(order.id));
            }
            let capture =
                json!({"capture": "manual", "capture_options": {"manual_expiry_period": AUTHORIZATION_MINUTES, "refund_speed": "normal"}});
            let body =
                json!({"amount": payment.amount.amount, "currency": payment.amount.currency, "receipt": payment.id, "payment": capture});
            let answered = self.post("/v1/orders".to_owned(), None, body).await?;
            if !answered.status.is_success() {
                return Err(ProviderError::Refused(answered.parsed::<Failure>()?.code()));
            }
            Ok(started(answered.parsed::<Order>()?.id))
        })
    }

    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment> {
        Box::pin(async move { Ok(started(payment.provider_reference.clone())) })
    }

    fn verify_proof<'a>(&'a self, payment: &'a Payment, proof: &'a [u8]) -> Answer<'a, Report, ProofError> {
        Box::pin(async move {
            let proof: RazorpayProof = serde_json::from_slice(proof).map_err(|_| ProofError::Malformed)?;
            if proof.razorpay_order_id.as_str() != payment.provider_reference {
                return Err(ProofError::Foreign);
            }
            let parts = [payment.provider_reference.as_bytes(), b"|", proof.razorpay_payment_id.as_str().as_bytes()];
            if !verify(&self.key_secret, &parts, proof.razorpay_signature.as_str()) {
                return Err(ProofError::Forged);
            }
            // The proof may be old: Razorpay says what is true now.
            Ok(summed_up(&self.attempts(payment).await?, &payment.amount)?)
        })
    }

    fn verify_webhook(&self, header: Header<'_>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
        let signature = header(RAZORPAY_SIGNATURE_HEADER).unwrap_or_default();
        webhook::verified(&self.webhook_secrets, signature, header(RAZORPAY_EVENT_HEADER), body, now)
    }

    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { summed_up(&self.attempts(payment).await?, &payment.amount) })
    }

    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move {
            let attempts = self.attempts(payment).await?;
            let Some(attempt) = attempts.iter().find(|attempt| attempt.is_authorized()) else {
                return self.now_is(payment, PaymentStatus::Captured).await;
            };
            let path = format!("/v1/payments/{}/capture", named("pay_", &attempt.id)?);
            let body = json!({"amount": payment.amount.amount, "currency": payment.amount.currency});
            // Taking the same payment twice is refused; then the order says what became of the first.
            self.post(path, None, body).await?;
            self.now_is(payment, PaymentStatus::Captured).await
        })
    }

    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move {
            let report = summed_up(&self.attempts(payment).await?, &payment.amount)?;
            match report.status {
                PaymentStatus::Captured | PaymentStatus::Refunded => Err(ProviderError::WrongState(report)),
                PaymentStatus::Created
                | PaymentStatus::Authorized
                | PaymentStatus::Voided
                | PaymentStatus::Declined
                | PaymentStatus::Superseded => Ok(Report { status: PaymentStatus::Voided, ..report }),
            }
        })
    }

    fn refund<'a>(&'a self, payment: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport> {
        Box::pin(async move {
            let attempts = self.attempts(payment).await?;
            let Some(attempt) = attempts.iter().find(|attempt| attempt.was_captured()) else {
                return Err(ProviderError::WrongState(summed_up(&attempts, &payment.amount)?));
            };
            // Razorpay forgets keys after a day: what was made under this name is looked for first.
            let name = refund.provider_name();
            let id = named("pay_", &attempt.id)?;
            let made: Listed<shapes::Refund> = accepted(&self.get(format!("/v1/payments/{id}/refunds?count={PAGE}")).await?)?;
            if let Some(found) = made.items.iter().find(|made| made.is_named(&name)) {
                return found.report();
            }
            if attempt.refundable() == 0 {
                let reference = made.items.first().map_or_else(|| "by-hand".to_owned(), |made| made.id.clone());
                return Ok(RefundReport { reference, progress: RefundProgress::Done });
            }
            let body = json!({"amount": refund.amount.amount, "receipt": name});
            let answered = self.post(format!("/v1/payments/{id}/refund"), Some(("x-refund-idempotency", &name)), body).await?;
            if answered.status.is_success() {
                return answered.parsed::<shapes::Refund>()?.report();
            }
            Err(ProviderError::Refused(answered.parsed::<Failure>()?.code()))
        })
    }

    fn dispute<'a>(&'a self, payment: &'a Payment, dispute: &'a str) -> Answer<'a, Option<Dispute>> {
        Box::pin(async move {
            let found: shapes::Dispute = accepted(&self.get(format!("/v1/disputes/{}", named("disp_", dispute)?)).await?)?;
            let is_ours = self.attempts(payment).await?.iter().any(|attempt| attempt.id == found.payment_id);
            if is_ours { found.kept().map(Some) } else { Err(ProviderError::Unknown) }
        })
    }

    fn listed<'a>(&'a self, window: &'a Window, after: Option<&'a str>) -> Answer<'a, ListedPage> {
        Box::pin(async move {
            let skip: usize = after.map_or(Ok(0), str::parse).map_err(unavailable)?;
            let (from, to) = (window.from.as_second(), window.until.as_second() - 1);
            let listed: Listed<Attempt> = accepted(&self.get(format!("/v1/payments?from={from}&to={to}&count={PAGE}&skip={skip}")).await?)?;
            let next = (listed.items.len() == PAGE).then(|| (skip + PAGE).to_string());
            Ok(ListedPage { payments: listed.items.iter().filter_map(Attempt::listed).collect(), next })
        })
    }
}

/// The answer, if Razorpay did what was asked.
fn accepted<T: serde::de::DeserializeOwned>(answered: &Answered) -> Result<T, ProviderError> {
    if answered.status.is_success() { answered.parsed() } else { Err(unavailable(Useless::Status(answered.status))) }
}

fn started(order: String) -> StartedPayment {
    StartedPayment { reference: order.clone(), order_id: Some(order), ..StartedPayment::default() }
}

#[cfg(test)]
mod tests;
