//! Stripe: `PaymentIntents`. Cards are set aside and captured later; methods that cannot wait are captured by Stripe at once and
//! go back if their places are lost.
//!
//! Every call that changes something carries an idempotency key made of our payment's id, which is another for each attempt.
//! Stripe repeats its first answer for a key, even a failure: so whenever an answer is a refusal, Stripe is asked how things are.
//!
//! <https://docs.stripe.com/api/payment_intents>, <https://docs.stripe.com/api/idempotent_requests>

mod shapes;
mod webhook;

use crate::event::{Event, RefundProgress};
use crate::http::{Answered, Api, Body, Call, Key, TRY_TIME_MAX, Useless, unavailable};
use crate::provider::{
    Answer, Header, ListedPage, NewPayment, PaymentProvider, ProofError, ProviderError, RefundReport, Report, StartedPayment, WebhookError,
    Window,
};
use crate::signature::secrets_of;
use domain::dispute::Dispute;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::Refund;
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use shapes::{Failure, Intent, Listed};
use std::time::Duration;
use wire::StripeProof;

/// Where Stripe is.
pub const STRIPE_API: &str = "https://api.stripe.com";
/// The header that carries a web hook's signature.
pub const STRIPE_SIGNATURE_HEADER: &str = "stripe-signature";
/// Items of a list that are asked for at once: the most that Stripe gives.
const PAGE: u32 = 100;
/// The version of Stripe's API that this is written for: Stripe answers in its shapes until we say otherwise.
const STRIPE_VERSION: &str = "2025-09-30.clover";

/// Which of the methods that are switched on at Stripe buyers are offered. Stripe chooses among them by itself: its versions
/// since 2023 do so unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StripeMethods {
    /// All. Cards are captured later, the others at once.
    #[default]
    All,
    /// Only those whose money can be set aside: then nothing ever goes back because places are lost.
    CapturedLater,
}

/// How Stripe is reached. Not `Debug`: it holds secrets.
#[derive(Clone)]
pub struct StripeSettings {
    /// `sk_…` or, better, a restricted key.
    pub secret_key: String,
    /// `whsec_…`; while they are changed several, with commas between.
    pub webhook_secrets: String,
    /// Where its API is, without a slash at the end.
    pub api: String,
    /// What buyers are offered.
    pub methods: StripeMethods,
    /// How long one try of a call may take.
    pub try_time_max: Duration,
}

impl StripeSettings {
    /// With these secrets, at this address.
    pub fn new(secret_key: &str, webhook_secrets: &str, api: &str) -> Self {
        let (secret_key, webhook_secrets, api) = (secret_key.to_owned(), webhook_secrets.to_owned(), api.to_owned());
        Self { secret_key, webhook_secrets, api, methods: StripeMethods::All, try_time_max: TRY_TIME_MAX }
    }
}

/// Stripe. Not `Debug`: it knows secrets.
#[derive(Clone)]
pub struct Stripe {
    api: Api,
    methods: StripeMethods,
    webhook_secrets: Vec<Vec<u8>>,
}

impl Stripe {
    /// Stripe with these settings.
    pub fn new(settings: &StripeSettings) -> Self {
        let api = Api::new(&settings.api, Key::Bearer(settings.secret_key.clone()), settings.try_time_max);
        Self { api, methods: settings.methods, webhook_secrets: secrets_of(&settings.webhook_secrets) }
    }

    /// Has something done once, however often it is asked for.
    async fn post(&self, path: String, key: &str, fields: &[(&str, String)]) -> Result<Answered, ProviderError> {
        let headers = [("stripe-version", STRIPE_VERSION), ("idempotency-key", key)];
        self.api.send(&Call { method: Method::POST, path, headers: &headers, body: Body::Form(fields), repeatable: true }).await
    }

    async fn get(&self, path: String) -> Result<Answered, ProviderError> {
        let headers = [("stripe-version", STRIPE_VERSION)];
        self.api.send(&Call { method: Method::GET, path, headers: &headers, body: Body::Empty, repeatable: true }).await
    }

    /// What was sent back of a payment so far, the newest first.
    async fn refunds(&self, payment: &Payment) -> Result<Vec<shapes::Refund>, ProviderError> {
        let reference = named(&["pi_"], &payment.provider_reference)?;
        let listed: Listed<shapes::Refund> = accepted(&self.get(format!("/v1/refunds?payment_intent={reference}&limit={PAGE}")).await?)?;
        Ok(listed.data)
    }

    /// The payment as it is now, with its charge: that alone tells of refunds.
    async fn intent(&self, payment: &Payment) -> Result<Intent, ProviderError> {
        let answered = self.get(format!("{}?expand[]=latest_charge", intent_path(payment)?)).await?;
        if answered.status == StatusCode::NOT_FOUND {
            return Err(ProviderError::Unknown);
        }
        let intent: Intent = accepted(&answered)?;
        // Only our key can have written this: whatever carries another name is not this payment.
        if intent.id != payment.provider_reference || intent.payment_id() != Some(payment.id.as_str()) {
            return Err(ProviderError::Unknown);
        }
        Ok(intent)
    }

    /// How things are after Stripe did, or refused to do, what we asked: the state wanted, or else the state it is in.
    async fn now_is(&self, payment: &Payment, wanted: PaymentStatus) -> Result<Report, ProviderError> {
        let report = self.intent(payment).await?.report()?;
        if report.status == wanted { Ok(report) } else { Err(ProviderError::WrongState(report)) }
    }
}

/// The answer, if Stripe did what was asked.
fn accepted<T: serde::de::DeserializeOwned>(answered: &Answered) -> Result<T, ProviderError> {
    if answered.status.is_success() { answered.parsed() } else { Err(unavailable(Useless::Status(answered.status))) }
}

/// Where the payment is.
fn intent_path(payment: &Payment) -> Result<String, ProviderError> {
    Ok(format!("/v1/payment_intents/{}", named(&["pi_"], &payment.provider_reference)?))
}

/// A name that may go into a path: what cannot be Stripe's goes into none.
fn named<'a>(prefixes: &[&str], name: &'a str) -> Result<&'a str, ProviderError> {
    let is_name = prefixes.iter().any(|prefix| name.starts_with(prefix)) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_name { Ok(name) } else { Err(ProviderError::Unknown) }
}

/// Our amount as Stripe counts it: in the currency's smallest unit, with exceptions.
///
/// <https://docs.stripe.com/currencies#zero-decimal>: two currencies without decimals are counted as if they had two, and those
/// with three must end in a zero.
fn amount_fields(amount: &Money) -> Result<[(&'static str, String); 2], ProviderError> {
    let refused = |why: &str| Err(ProviderError::Refused(format!("{} {why}", amount.currency)));
    match amount.currency.as_str() {
        "ISK" | "UGX" => return refused("is counted otherwise by Stripe"),
        "BHD" | "JOD" | "KWD" | "OMR" | "TND" if amount.amount % 10 != 0 => return refused("amounts must end in a zero"),
        _ if amount.amount <= 0 => return refused("amounts must be above zero"),
        _ => {}
    }
    Ok([("amount", amount.amount.to_string()), ("currency", amount.currency.as_str().to_lowercase())])
}

impl PaymentProvider for Stripe {
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment> {
        Box::pin(async move {
            let mut fields = amount_fields(&payment.amount)?.to_vec();
            match self.methods {
                StripeMethods::All => {
                    fields.push(("capture_method", "automatic_async".to_owned()));
                    fields.push(("payment_method_options[card][capture_method]", "manual".to_owned()));
                }
                StripeMethods::CapturedLater => fields.push(("capture_method", "manual".to_owned())),
            }
            fields.push(("metadata[payment_id]", payment.id.to_string()));
            fields.push(("metadata[booking_id]", payment.booking.to_string()));
            let answered = self.post("/v1/payment_intents".to_owned(), &format!("{}:create", payment.id), &fields).await?;
            if !answered.status.is_success() {
                return Err(ProviderError::Refused(answered.parsed::<Failure>()?.code()));
            }
            let intent: Intent = answered.parsed()?;
            Ok(StartedPayment { reference: intent.id, client_secret: intent.client_secret, ..StartedPayment::default() })
        })
    }

    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment> {
        Box::pin(async move {
            let intent = self.intent(payment).await?;
            Ok(StartedPayment { reference: intent.id, client_secret: intent.client_secret, ..StartedPayment::default() })
        })
    }

    fn verify_proof<'a>(&'a self, payment: &'a Payment, proof: &'a [u8]) -> Answer<'a, Report, ProofError> {
        Box::pin(async move {
            let proof: StripeProof = serde_json::from_slice(proof).map_err(|_| ProofError::Malformed)?;
            if proof.payment_intent_id.as_str() != payment.provider_reference {
                return Err(ProofError::Foreign);
            }
            match self.intent(payment).await {
                Ok(intent) => Ok(intent.report()?),
                Err(ProviderError::Unknown) => Err(ProofError::Foreign),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn verify_webhook(&self, header: Header<'_>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
        webhook::verified(&self.webhook_secrets, header(STRIPE_SIGNATURE_HEADER).unwrap_or_default(), body, now)
    }

    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move { self.intent(payment).await?.report() })
    }

    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move {
            let path = format!("{}/capture", intent_path(payment)?);
            let answered = self.post(path, &format!("{}:capture", payment.id), &[]).await?;
            let outcome = self.now_is(payment, PaymentStatus::Captured).await;
            if answered.status.is_success() || outcome.is_ok() {
                return outcome;
            }
            // The authorization lapsed, and the payment does not say so yet.
            let code = answered.parsed::<Failure>()?.code();
            match outcome {
                Err(ProviderError::WrongState(report)) if code == "charge_expired_for_capture" => {
                    Err(ProviderError::WrongState(Report { status: PaymentStatus::Voided, ..report }))
                }
                outcome => outcome,
            }
        })
    }

    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        Box::pin(async move {
            let path = format!("{}/cancel", intent_path(payment)?);
            self.post(path, &format!("{}:void", payment.id), &[]).await?;
            self.now_is(payment, PaymentStatus::Voided).await
        })
    }

    fn refund<'a>(&'a self, payment: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport> {
        Box::pin(async move {
            // Stripe forgets keys after a day: what was made under this name is looked for first.
            let name = refund.provider_name();
            let made = self.refunds(payment).await?;
            if let Some(found) = made.iter().find(|made| made.is_named(&name)) {
                return found.report();
            }
            let left = self.intent(payment).await?.left();
            if left == 0 {
                return Ok(by_hand(made.first().map(|made| made.id.clone())));
            }
            let fields = [
                ("payment_intent", payment.provider_reference.clone()),
                ("amount", refund.amount.amount.to_string()),
                ("metadata[refund]", name.clone()),
            ];
            let answered = self.post("/v1/refunds".to_owned(), &name, &fields).await?;
            if answered.status.is_success() {
                return answered.parsed::<shapes::Refund>()?.report();
            }
            let code = answered.parsed::<Failure>()?.code();
            // Nothing is wrong with the refund: there is money again after the next sales.
            let is_for_now = code == "balance_insufficient";
            Err(if is_for_now { unavailable(Useless::Strange(code)) } else { ProviderError::Refused(code) })
        })
    }

    fn dispute<'a>(&'a self, payment: &'a Payment, dispute: &'a str) -> Answer<'a, Option<Dispute>> {
        Box::pin(async move {
            let path = format!("/v1/disputes/{}", named(&["dp_", "du_"], dispute)?);
            let found: shapes::Dispute = accepted(&self.get(path).await?)?;
            found.of(&payment.provider_reference)
        })
    }

    fn listed<'a>(&'a self, window: &'a Window, after: Option<&'a str>) -> Answer<'a, ListedPage> {
        Box::pin(async move {
            let (from, until) = (window.from.as_second(), window.until.as_second());
            let after = after.map(|after| named(&["pi_"], after)).transpose()?;
            let after = after.map_or_else(String::new, |after| format!("&starting_after={after}"));
            let path =
                format!("/v1/payment_intents?created[gte]={from}&created[lt]={until}&limit={PAGE}&expand[]=data.latest_charge{after}");
            let listed: Listed<Intent> = accepted(&self.get(path).await?)?;
            let next = listed.data.last().filter(|_| listed.has_more).map(|last| last.id.clone());
            let payments = listed.data.iter().map(Intent::listed).collect::<Result<_, _>>()?;
            Ok(ListedPage { payments, next })
        })
    }
}

/// All of the money went back, but not under our name: somebody was faster, at Stripe's own desk.
fn by_hand(reference: Option<String>) -> RefundReport {
    RefundReport { reference: reference.unwrap_or_else(|| "by-hand".to_owned()), progress: RefundProgress::Done }
}

#[cfg(test)]
mod tests;
