//! What a provider's web hook says, once its signature is verified.

use crate::provider::{Report, WebhookError};
use domain::id::PaymentId;
use jiff::Timestamp;

/// No provider's event has a longer name.
const EVENT_ID_BYTES_MAX: usize = 100;

/// A provider's call, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The provider's own name of it: a repeated delivery has the same.
    pub id: String,
    /// When it happened, by the provider's clock where it says so.
    pub at: Timestamp,
    /// What happened.
    pub about: About,
}

/// What happened at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A payment is in this state, or was when the event was made.
    Payment {
        /// Which.
        of: Subject,
        /// What the provider says.
        report: Report,
    },
    /// A refund moved.
    Refund {
        /// Of which payment.
        of: Subject,
        /// The provider's name of the refund.
        refund: String,
        /// How far it is.
        progress: RefundProgress,
    },
    /// The buyer's bank wants the money back.
    Dispute {
        /// Of which payment.
        of: Subject,
        /// The provider's name of the dispute.
        dispute: String,
    },
    /// Something that means nothing to us.
    Unknown {
        /// What the provider calls it.
        kind: String,
    },
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundProgress {
    /// On its way.
    Pending,
    /// The money is back.
    Done,
    /// The money did not reach the buyer and is with us again.
    Failed,
}

/// Which payment an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Named by us, where only we could have written the name; and by the provider.
    Ours {
        /// Our name.
        payment: PaymentId,
        /// The provider's name: it must be the one that we know.
        reference: String,
    },
    /// Named by the provider alone.
    Reference(String),
}

/// An event's name, if it can be one.
pub(crate) fn event_id(id: &str) -> Result<String, WebhookError> {
    let is_name = !id.is_empty() && id.len() <= EVENT_ID_BYTES_MAX && id.bytes().all(|b| b.is_ascii_graphic());
    if is_name { Ok(id.to_owned()) } else { Err(WebhookError::Malformed) }
}
