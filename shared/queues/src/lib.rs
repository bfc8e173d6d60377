//! The queues behind the streams: slow work is written down here and done by workers.

use domain::id::{BookingId, EventId, PaymentId, ShowId, UserId};
use domain::payment::PaymentStatus;
use serde::{Deserialize, Serialize};

/// The longest delay that SQS offers.
pub const DELAY_SECONDS_MAX: u32 = 900;

/// Work about money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PaymentMessage {
    /// A booking is in another state: do what its payment needs now.
    BookingMoved {
        /// Whose.
        user: UserId,
        /// Which.
        booking: BookingId,
    },
    /// A provider told us something of a payment: ask it how things are, and do what follows.
    PaymentReported {
        /// Which payment.
        payment: PaymentId,
    },
    /// A provider told us something of a dispute: ask it how that is, and do what follows.
    DisputeReported {
        /// Of which payment.
        payment: PaymentId,
        /// What the provider calls it.
        dispute: String,
    },
    /// The sandbox provider calls us back.
    SandboxWebhook {
        /// The event's own id; a repeated delivery has the same.
        event: String,
        /// Which payment.
        payment: PaymentId,
        /// What it became.
        status: PaymentStatus,
        /// The dispute that it calls about, if it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dispute: Option<String>,
    },
}

/// Work about invoices and credit notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum InvoiceMessage {
    /// A booking was sold, or something of it taken back: issue the documents that are missing.
    BookingMoved {
        /// Whose.
        user: UserId,
        /// Which.
        booking: BookingId,
    },
}

/// Work about events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EventMessage {
    /// An event was called off: nothing of it may stay on sale.
    Cancelled {
        /// Which.
        event: EventId,
    },
    /// A show was called off, and nothing of it is on sale: the next of its bookings have their money back.
    RefundBookings {
        /// Which show.
        show: ShowId,
        /// Which part of its bookings.
        shard: u8,
        /// The first round, or the one that finds who was confirmed during it.
        round: u8,
        /// The last booking of the page before.
        after: Option<BookingId>,
    },
}

/// A message could not be written down.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// SQS did not take it.
    #[error("the queue did not take a message")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Where the queues are. A function that never sends to one may leave it empty.
#[derive(Debug, Clone, Default)]
pub struct QueueUrls {
    /// Work about money.
    pub payments: String,
    /// Work about events.
    pub events: String,
    /// Work about invoices and credit notes.
    pub invoices: String,
}

/// The way to all queues. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Queues {
    client: aws_sdk_sqs::Client,
    urls: QueueUrls,
}

impl Queues {
    /// Queues at these URLs.
    pub fn new(client: aws_sdk_sqs::Client, urls: QueueUrls) -> Self {
        Self { client, urls }
    }

    /// Writes down work about money, to be done after `delay_seconds` (at most 900).
    pub async fn send_payment(&self, message: &PaymentMessage, delay_seconds: u32) -> Result<(), SendError> {
        self.send(&self.urls.payments, message, delay_seconds).await
    }

    /// Writes down work about events, to be done after `delay_seconds` (at most 900).
    pub async fn send_event(&self, message: &EventMessage, delay_seconds: u32) -> Result<(), SendError> {
        self.send(&self.urls.events, message, delay_seconds).await
    }

    /// Writes down work about invoices and credit notes.
    pub async fn send_invoice(&self, message: &InvoiceMessage) -> Result<(), SendError> {
        self.send(&self.urls.invoices, message, 0).await
    }

    async fn send(&self, url: &str, message: &impl Serialize, delay_seconds: u32) -> Result<(), SendError> {
        let body = serde_json::to_string(message).expect("messages are JSON");
        let delay = i32::try_from(delay_seconds.min(DELAY_SECONDS_MAX)).expect("900 is small");
        let request = self.client.send_message().queue_url(url).message_body(body).delay_seconds(delay);
        request.send().await.map(|_| ()).map_err(|error| SendError::Failed(Box::new(error)))
    }
}
