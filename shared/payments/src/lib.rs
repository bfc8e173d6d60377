//! Money: providers, and the one function that turns what they report into a confirmed or a given-up booking.

mod provider;
mod retry;
mod sandbox;
mod settle;
mod signature;

pub use provider::{
    Answer, NewPayment, PaymentProvider, ProofError, ProviderError, Providers, Report, StartedPayment, WebhookError, WebhookReport,
};
pub use retry::RetryError;
pub use sandbox::{SANDBOX_SIGNATURE_HEADER, Sandbox, SandboxEvent};
pub use settle::{SettleError, Settler};
