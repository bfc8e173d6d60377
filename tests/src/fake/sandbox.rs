//! Our own sandbox with the same faults as the imitations: it is not asked over HTTP, so what goes wrong is put around it.

use super::{Asked, Fault, Hook, SLOW};
use domain::dispute::Dispute;
use domain::id::PaymentId;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::Refund;
use jiff::Timestamp;
use payments::{
    Answer, Event, Header, ListedPage, NewPayment, PaymentProvider, ProofError, ProviderError, RefundReport, Report,
    SANDBOX_SIGNATURE_HEADER, Sandbox, SandboxEvent, StartedPayment, WebhookError, Window,
};
use std::sync::Mutex;
use store::Store;

/// The sandbox, and what goes wrong next.
pub struct Faulty {
    inner: Sandbox,
    store: Store,
    now: Timestamp,
    fault: Mutex<Option<(Asked, Fault, u32)>>,
    started: Mutex<Vec<PaymentId>>,
    hooks: Mutex<Vec<Hook>>,
}

impl Faulty {
    /// A sandbox with its books in this store, whose web hooks are signed at `now`.
    pub fn new(store: Store, now: Timestamp) -> Self {
        let inner = Sandbox::new(store.clone(), "secret");
        Self { inner, store, now, fault: Mutex::default(), started: Mutex::default(), hooks: Mutex::default() }
    }

    /// The next so many calls of this kind meet this fault.
    pub fn fail(&self, asked: Asked, fault: Fault, times: u32) {
        *self.fault.lock().expect("no holder panics") = Some((asked, fault, times));
    }

    /// The buyer or their bank does something; a web hook follows. Whatever the books do not allow does not happen.
    pub async fn becomes(&self, payment: &str, status: PaymentStatus) {
        let id: PaymentId = payment.parse().expect("a payment's own name");
        let Ok(moved) = self.store.move_sandbox_payment(&id, status).await else { return };
        let number = self.hooks.lock().expect("no holder panics").len();
        let event = SandboxEvent {
            id: format!("evt_{id}_{number}_{}", status.as_str()),
            payment_id: id,
            status,
            amount: moved.amount,
            dispute: None,
        };
        let body = serde_json::to_vec(&event).expect("an event is JSON");
        let signature = self.inner.webhook_signature(&body, self.now);
        let headers = vec![(SANDBOX_SIGNATURE_HEADER.to_owned(), signature)];
        self.hooks.lock().expect("no holder panics").push(Hook { headers, body });
    }

    /// Web hooks in the order in which things happened.
    pub fn hooks(&self) -> Vec<Hook> {
        std::mem::take(&mut *self.hooks.lock().expect("no holder panics"))
    }

    /// What was taken and not sent back, over all payments that were begun.
    pub async fn kept(&self) -> i64 {
        let started = self.started.lock().expect("no holder panics").clone();
        let mut kept = 0;
        for id in std::collections::BTreeSet::from_iter(started) {
            let books = self.store.sandbox_payment(&id).await.expect("a database");
            let taken = books.filter(|books| books.status.was_taken());
            kept += taken.map_or(0, |books| books.amount.amount - books.refunded());
        }
        kept
    }

    fn fault(&self, asked: Asked) -> Option<Fault> {
        match &mut *self.fault.lock().expect("no holder panics") {
            Some((armed, fault, times)) if *armed == asked && *times > 0 => {
                *times -= 1;
                Some(*fault)
            }
            _ => None,
        }
    }

    fn with<'a, T: Send + 'a, E: From<ProviderError> + Send + 'a>(&'a self, asked: Asked, call: Answer<'a, T, E>) -> Answer<'a, T, E> {
        Box::pin(async move {
            match self.fault(asked) {
                None => call.await,
                Some(Fault::Slow) => {
                    tokio::time::sleep(SLOW).await;
                    call.await
                }
                Some(Fault::SilentAfter | Fault::BrokenAfter) => {
                    drop(call.await);
                    Err(unavailable().into())
                }
                Some(Fault::SilentBefore | Fault::BrokenBefore | Fault::TooMany | Fault::BrokenForGood) => Err(unavailable().into()),
            }
        })
    }
}

fn unavailable() -> ProviderError {
    ProviderError::Unavailable("it was told to fail".into())
}

impl PaymentProvider for Faulty {
    fn start<'a>(&'a self, payment: &'a NewPayment) -> Answer<'a, StartedPayment> {
        self.started.lock().expect("no holder panics").push(payment.id.clone());
        self.with(Asked::Create, self.inner.start(payment))
    }

    fn resume<'a>(&'a self, payment: &'a Payment) -> Answer<'a, StartedPayment> {
        self.inner.resume(payment)
    }

    fn verify_proof<'a>(&'a self, payment: &'a Payment, proof: &'a [u8]) -> Answer<'a, Report, ProofError> {
        self.inner.verify_proof(payment, proof)
    }

    fn verify_webhook(&self, header: Header<'_>, body: &[u8], now: Timestamp) -> Result<Event, WebhookError> {
        self.inner.verify_webhook(header, body, now)
    }

    fn report<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        self.with(Asked::Report, self.inner.report(payment))
    }

    fn capture<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        self.with(Asked::Capture, self.inner.capture(payment))
    }

    fn void<'a>(&'a self, payment: &'a Payment) -> Answer<'a, Report> {
        self.with(Asked::Void, self.inner.void(payment))
    }

    fn refund<'a>(&'a self, payment: &'a Payment, refund: &'a Refund) -> Answer<'a, RefundReport> {
        self.with(Asked::Refund, self.inner.refund(payment, refund))
    }

    fn dispute<'a>(&'a self, payment: &'a Payment, dispute: &'a str) -> Answer<'a, Option<Dispute>> {
        self.with(Asked::Report, self.inner.dispute(payment, dispute))
    }

    fn listed<'a>(&'a self, window: &'a Window, after: Option<&'a str>) -> Answer<'a, ListedPage> {
        self.with(Asked::Report, self.inner.listed(window, after))
    }
}
