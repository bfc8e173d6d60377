//! What we ask of a payment provider. Stripe, Razorpay and the sandbox answer the same questions.

use crate::event::{Event, RefundProgress};
use domain::booking::Booking;
use domain::dispute::Dispute;
use domain::id::{BookingId, OrganizationId, PaymentId, ShowId, UserId};
use domain::money::{Currency, Money};
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::refund::Refund;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

/// A provider's answer, on its way.
pub type Answer<'a, T, E = ProviderError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// A payment to be made known to a provider.
#[derive(Debug, Clone)]
pub struct NewPayment {
    /// Our key; the provider must answer the same for the same key.
    pub id: PaymentId,
    /// For what.
    pub booking: BookingId,
    /// Of which show.
    pub show: ShowId,
    /// Who sells.
    pub organization: OrganizationId,
    /// By whom.
    pub buyer: UserId,
    /// How much.
    pub amount: Money,
    /// Until when the places are held.
    pub held_until: Timestamp,
}

impl NewPayment {
    /// The payment that a booking waits for.
    pub fn of(booking: &Booking) -> Self {
        Self {
            id: booking.payment.clone(),
            booking: booking.id.clone(),
            show: booking.show.clone(),
            organization: booking.organization.clone(),
            buyer: booking.user.clone(),
            amount: booking.quote.total.clone(),
            held_until: booking.expires_at,
        }
    }

    /// As we keep it, once the provider knows it.
    pub fn payment(&self, provider: Provider, started: &StartedPayment, now: Timestamp) -> Payment {
        Payment {
            id: self.id.clone(),
            booking: self.booking.clone(),
            show: self.show.clone(),
            user: self.buyer.clone(),
            organization: self.organization.clone(),
            captured: 0,
            dispute: None,
            refunded: 0,
            provider,
            provider_reference: started.reference.clone(),
            amount: self.amount.clone(),
            status: PaymentStatus::Created,
            created_at: now,
        }
    }
}

/// What the client needs to pay.
#[derive(Debug, Clone, Default)]
pub struct StartedPayment {
    /// What the provider calls it.
    pub reference: String,
    /// For Stripe's browser library.
    pub client_secret: Option<String>,
    /// For Razorpay's browser library.
    pub order_id: Option<String>,
    /// For a page of the provider's own.
    pub checkout_url: Option<String>,
}

/// What a provider says of a payment. Only ever made from something it signed or answered itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// How much, by the provider's books.
    pub amount: Money,
}

/// What a provider says of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundReport {
    /// What the provider calls it.
    pub reference: String,
    /// How far it is.
    pub progress: RefundProgress,
}

/// A stretch of time, its end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

/// A payment as a provider's list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPayment {
    /// What the provider calls it; as in `Payment::provider_reference`.
    pub reference: String,
    /// What it took, in minor units; zero until it is captured.
    pub captured: i64,
    /// What of that it sent back.
    pub refunded: i64,
    /// In which money.
    pub currency: Currency,
}

/// A part of a provider's list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedPage {
    /// Payments of this account, not all of them ours.
    pub payments: Vec<ListedPayment>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// A provider could not do it.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not know the payment.
    #[error("the provider does not know the payment")]
    Unknown,
    /// The payment is in a state that does not allow it; this is what it is.
    #[error("the payment is {:?} at the provider", .0.status)]
    WrongState(Report),
    /// It does not take such a payment; asking again changes nothing.
    #[error("the provider refuses: {0}")]
    Refused(String),
    /// Worth another try later.
    #[error("the provider could not be asked")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why a proof of payment was refused.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// Not of the provider's shape.
    #[error("the proof has the wrong shape")]
    Malformed,
    /// Not signed by the provider.
    #[error("the proof is not genuine")]
    Forged,
    /// Of another payment.
    #[error("the proof belongs to another payment")]
    Foreign,
    /// The provider could not be asked.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// Why a web hook was refused.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Not signed by the provider, or too long ago.
    #[error("the signature is not genuine")]
    Forged,
    /// Signed, but not of a shape that we know.
    #[error("the event has the wrong shape")]
    Malformed,
}

/// Finds a header of a web hook by its name.
pub type Header<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// A payment provider. Every call may be repeated: the provider is told our own key.
pub trait PaymentProvider: Send + Sync {
    /// Makes a payment known; nothing is charged.
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment>;
    /// What the client needs to pay for a payment that was started before.
    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment>;
    /// What the proof says that the provider's client handed to the buyer.
    fn verify_proof<'a>(&'a self, payment: &'a Payment, proof: &'a [u8]) -> Answer<'a, Report, ProofError>;
    /// What a web hook says: its signature is among the headers, `body` is the bytes as they came. Nobody is asked.
    fn verify_webhook(&self, header: Header<'_>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError>;
    /// What the provider says of a payment now.
    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report>;
    /// Takes the money that was set aside. `WrongState` with a final state means that there is none any more.
    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report>;
    /// Gives up the payment before any money moves, so that none can move later unless we take it. `WrongState` with
    /// CAPTURED means that it moved already.
    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report>;
    /// Sees to it that this refund is on its way, and says how far it is. Known by its name (`Refund::provider_name`), it is made once,
    /// however often this is asked. If all of the money went back by other ways it is done. `Refused` is for good, under this name.
    fn refund<'a>(&'a self, payment: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport>;
    /// How a dispute of this payment is; none if it is no dispute that takes money.
    fn dispute<'a>(&'a self, payment: &'a Payment, dispute: &'a str) -> Answer<'a, Option<Dispute>>;
    /// What the provider's list says of payments that were made in this time, a page at a time.
    fn listed<'a>(&'a self, window: &'a Window, after: Option<&'a str>) -> Answer<'a, ListedPage>;
}

/// The providers that this stage accepts.
#[derive(Clone, Default)]
pub struct Providers(BTreeMap<Provider, Arc<dyn PaymentProvider>>);

impl Providers {
    /// Accepts a provider.
    #[must_use]
    pub fn with(mut self, provider: Provider, implementation: Arc<dyn PaymentProvider>) -> Self {
        self.0.insert(provider, implementation);
        self
    }

    /// Those that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = Provider> + '_ {
        self.0.keys().copied()
    }

    /// The provider, if this stage accepts it.
    pub fn get(&self, provider: Provider) -> Option<&dyn PaymentProvider> {
        self.0.get(&provider).map(AsRef::as_ref)
    }
}
