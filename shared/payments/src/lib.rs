//! Money: providers, and the one function that turns what they report into a confirmed or a given-up booking.

mod cancel;
mod check;
mod compare;
mod disputes;
mod event;
mod free;
mod http;
mod intake;
mod lost;
mod provider;
mod razorpay;
mod refunds;
mod retry;
mod sandbox;
mod settle;
mod signature;
mod stripe;

pub use cancel::{CancelBy, TakeBackError};
pub use check::Checked;
pub use compare::{Comparison, Difference};
pub use event::{About, Event, RefundProgress, Subject};
pub use free::Free;
pub use intake::Woken;
pub use provider::{
    Answer, Header, ListedPage, ListedPayment, NewPayment, PaymentProvider, ProofError, ProviderError, Providers, RefundReport, Report,
    StartedPayment, WebhookError, Window,
};
pub use razorpay::{RAZORPAY_API, RAZORPAY_EVENT_HEADER, RAZORPAY_SIGNATURE_HEADER, Razorpay, RazorpaySettings};
pub use retry::RetryError;
pub use sandbox::{SANDBOX_SIGNATURE_HEADER, Sandbox, SandboxEvent};
pub use settle::{SettleError, Settler};
pub use stripe::{STRIPE_API, STRIPE_SIGNATURE_HEADER, Stripe, StripeMethods, StripeSettings};
