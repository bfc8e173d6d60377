//! What functions that handle money are given.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::{Problem, ProblemKind};
use crate::providers::Accepted;
use domain::booking::BookingStatus;
use domain::payment::{Payment, Provider};
use domain::show::HOLD_SECONDS_MAX;
use jiff::SignedDuration;
use payments::{PaymentProvider, ProofError, ProviderError, RetryError, Sandbox, SettleError, Settler, StartedPayment, WebhookError};
use queues::{QueueUrls, Queues, SendError};
use store::{CancelConfirmedError, CreatePaymentError, MoveBookingError};
use wire::PaymentView;

/// How long a payment is left alone before the reconciler asks about it.
const ASK_EVERY_SECONDS_DEFAULT: i64 = 30;
/// How long after its hold ran out a booking waits for a late payment. Razorpay and slow banks need minutes; and a hold that
/// was extended after it was booked must not outlive the wait.
const WAIT_FOR_LATE_SECONDS_DEFAULT: i64 = HOLD_SECONDS_MAX as i64;

/// Money, and everything else.
#[derive(Clone)]
pub struct Till {
    /// Store, clock, identifiers.
    pub app: App,
    /// What becomes of payments.
    pub settler: Settler,
    /// The sandbox provider, except in production.
    pub sandbox: Option<Sandbox>,
    /// Where its web hooks wait.
    pub queues: Queues,
}

impl Till {
    /// A till that accepts these providers.
    pub fn new(app: App, settings: &Settings, accepted: Accepted, queues: Queues) -> Result<Self, SettingsError> {
        let settler = Settler {
            store: app.store.clone(),
            providers: accepted.providers,
            ask_every: seconds(settings, "PAYMENT_ASK_EVERY_SECONDS", ASK_EVERY_SECONDS_DEFAULT)?,
            wait_for_late: seconds(settings, "PAYMENT_WAIT_FOR_LATE_SECONDS", WAIT_FOR_LATE_SECONDS_DEFAULT)?,
        };
        Ok(Self { app, settler, sandbox: accepted.sandbox, queues })
    }

    /// The provider, if this stage accepts it.
    pub fn provider(&self, provider: Provider) -> Result<&dyn PaymentProvider, Problem> {
        let refused = || Problem::invalid("/provider", "is not accepted here");
        self.settler.providers.get(provider).ok_or_else(refused)
    }
}

/// A payment as its buyer sees it, with what their browser needs to pay.
pub fn payment_view(payment: &Payment, started: StartedPayment) -> PaymentView {
    let StartedPayment { reference: _, client_secret, order_id, checkout_url } = started;
    PaymentView { client_secret, order_id, checkout_url, ..PaymentView::from(payment) }
}

fn seconds(settings: &Settings, name: &'static str, default: i64) -> Result<SignedDuration, SettingsError> {
    let Some(value) = settings.optional(name) else { return Ok(SignedDuration::from_secs(default)) };
    let seconds = value.parse().map_err(|_| SettingsError::Invalid(name, "must be a number of seconds".to_owned()))?;
    Ok(SignedDuration::from_secs(seconds))
}

impl Context for Till {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let app = App::from_env(settings, aws).await?;
        let accepted = Accepted::from_env(settings, aws, &app).await?;
        let queues = queues_from(settings, aws);
        Self::new(app, settings, accepted, queues)
    }
}

/// The queues that the settings name; a function that never sends may do without.
pub(crate) fn queues_from(settings: &Settings, aws: &aws_config::SdkConfig) -> Queues {
    let url = |name| settings.optional(name).unwrap_or_default().to_owned();
    let urls = QueueUrls {
        payments: url("PAYMENTS_QUEUE_URL"),
        tickets: url("TICKETS_QUEUE_URL"),
        events: url("EVENTS_QUEUE_URL"),
        invoices: url("INVOICES_QUEUE_URL"),
    };
    Queues::new(aws_sdk_sqs::Client::new(aws), urls)
}

impl From<ProviderError> for Problem {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Unknown | ProviderError::WrongState(_) => Self::new(ProblemKind::PaymentRefused),
            ProviderError::Refused(why) => Self::new(ProblemKind::PaymentRefused).detail(format!("The provider does not take it: {why}.")),
            ProviderError::Unavailable(_) => Self::internal(error),
        }
    }
}

impl From<ProofError> for Problem {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Malformed => Self::invalid("", "is not a proof of this provider"),
            ProofError::Forged | ProofError::Foreign => Self::new(ProblemKind::PaymentRefused),
            ProofError::Provider(error) => error.into(),
        }
    }
}

impl From<RetryError> for Problem {
    fn from(error: RetryError) -> Self {
        match error {
            RetryError::NotPending(booking) => match booking.status {
                BookingStatus::Expired => Self::new(ProblemKind::BookingExpired).detail("You are not charged."),
                BookingStatus::Pending | BookingStatus::Confirmed | BookingStatus::Cancelled | BookingStatus::Refunded => {
                    Self::new(ProblemKind::StateConflict).with("bookingStatus", booking.status)
                }
            },
            RetryError::BeingPaid => Self::new(ProblemKind::StateConflict).detail("The payment has arrived and is being confirmed."),
            RetryError::TooMany => Self::new(ProblemKind::StateConflict).detail("Too many attempts. Release the places and begin again."),
            RetryError::Provider(error) => error.into(),
            RetryError::Create(error) => error.into(),
            RetryError::Database(error) => error.into(),
        }
    }
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Forged => Self::new(ProblemKind::Unauthenticated),
            WebhookError::Malformed => Self::invalid("", "is not an event of this provider"),
        }
    }
}

impl From<SettleError> for Problem {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Provider(error) => error.into(),
            SettleError::Database(error) => error.into(),
        }
    }
}

impl From<SendError> for Problem {
    fn from(error: SendError) -> Self {
        Self::internal(error)
    }
}

impl From<CreatePaymentError> for Problem {
    fn from(error: CreatePaymentError) -> Self {
        match error {
            CreatePaymentError::ReferenceTaken => Self::internal(error),
            CreatePaymentError::Database(error) => error.into(),
        }
    }
}

impl From<MoveBookingError> for Problem {
    fn from(error: MoveBookingError) -> Self {
        match error {
            MoveBookingError::WrongState(booking) => Self::new(ProblemKind::StateConflict).with("bookingStatus", booking.status),
            MoveBookingError::Missing => Self::not_found(),
            MoveBookingError::Database(error) => error.into(),
        }
    }
}

impl From<CancelConfirmedError> for Problem {
    fn from(error: CancelConfirmedError) -> Self {
        match error {
            CancelConfirmedError::WrongState => Self::new(ProblemKind::StateConflict),
            CancelConfirmedError::TicketUsed => Self::new(ProblemKind::StateConflict).detail("Somebody came in with one of its tickets."),
            CancelConfirmedError::Database(error) => error.into(),
        }
    }
}
