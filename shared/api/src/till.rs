//! What functions that handle money are given.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::{Problem, ProblemKind};
use crate::providers::Accepted;
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::payment::{Payment, Provider};
use domain::seat::SeatId;
use domain::show::HOLD_SECONDS_MAX;
use jiff::SignedDuration;
use payments::{
    PaymentProvider, ProofError, ProviderError, RetryError, Sandbox, SettleError, Settler, StartedPayment, TakeBackError, WebhookError,
};
use queues::{QueueUrls, Queues, SendError};
use store::{CreatePaymentError, MoveBookingError};
use wire::PaymentView;

/// How long a payment is left alone before the reconciler asks about it.
const ASK_EVERY_SECONDS_DEFAULT: i64 = 30;
/// How long after its hold ran out a booking waits for a late payment. Razorpay and slow banks need minutes; and a hold that
/// was extended after it was booked must not outlive the wait.
const WAIT_FOR_LATE_SECONDS_DEFAULT: i64 = HOLD_SECONDS_MAX as i64;

/// A capture follows within so many seconds.
const CAPTURE_SECONDS: u32 = 60;

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

    /// Refuses providers that buyers cannot ask for here.
    pub fn accept(&self, provider: Provider) -> Result<(), Problem> {
        match provider {
            Provider::Stripe | Provider::Razorpay | Provider::Sandbox => self.provider(provider).map(drop),
            Provider::Free => Err(Problem::invalid("/provider", "cannot be asked for")),
        }
    }

    /// The provider, if this stage accepts it.
    pub fn provider(&self, provider: Provider) -> Result<&dyn PaymentProvider, Problem> {
        let refused = || Problem::invalid("/provider", "is not accepted here");
        self.settler.providers.get(provider).ok_or_else(refused)
    }
}

/// Refuses a booking that was settled and is not confirmed, in the words of what became of it.
pub fn confirmed(booking: &Booking) -> Result<(), Problem> {
    match booking.status {
        BookingStatus::Confirmed => Ok(()),
        BookingStatus::Pending => Err(Problem::new(ProblemKind::PaymentRefused).detail("The provider has not authorized the payment.")),
        BookingStatus::Expired => Err(Problem::new(ProblemKind::BookingExpired).detail("You are not charged.")),
        BookingStatus::Cancelled | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => Err(match booking.cancel_reason {
            Some(CancelReason::PlacesLost) => {
                let seats: Vec<&SeatId> = booking.seats().collect();
                Problem::new(ProblemKind::SeatsTaken)
                    .detail("Your hold ran out and somebody else took a place. You are not charged.")
                    .with("seats", seats)
            }
            Some(CancelReason::SeatLimit) => Problem::new(ProblemKind::SeatLimit).detail("You are not charged."),
            Some(CancelReason::ShowClosed) => {
                Problem::new(ProblemKind::SalesClosed).detail("The show was called off. You are not charged.")
            }
            Some(CancelReason::ShowCancelled) => {
                Problem::new(ProblemKind::SalesClosed).detail("The show was called off. Your money goes back.")
            }
            Some(
                CancelReason::Owner
                | CancelReason::WrongAmount
                | CancelReason::PaymentLost
                | CancelReason::Organizer
                | CancelReason::ChargedBack,
            )
            | None => Problem::new(ProblemKind::StateConflict).with("bookingStatus", booking.status),
        }),
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
    let urls = QueueUrls { payments: url("PAYMENTS_QUEUE_URL"), events: url("EVENTS_QUEUE_URL"), invoices: url("INVOICES_QUEUE_URL") };
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
                BookingStatus::Pending
                | BookingStatus::Confirmed
                | BookingStatus::Cancelled
                | BookingStatus::Refunded
                | BookingStatus::PartiallyRefunded => Self::new(ProblemKind::StateConflict).with("bookingStatus", booking.status),
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

impl From<TakeBackError> for Problem {
    fn from(error: TakeBackError) -> Self {
        let refused = |detail: &str| Self::new(ProblemKind::StateConflict).detail(detail.to_owned());
        match error {
            TakeBackError::WrongState => Self::new(ProblemKind::StateConflict),
            TakeBackError::TooLate => refused("By the show's refund terms nothing goes back any more."),
            TakeBackError::TicketUsed => refused("Somebody came in with one of its tickets."),
            TakeBackError::BeingCaptured => refused("The payment is being taken. Try again in a minute.").retry_after(CAPTURE_SECONDS),
            TakeBackError::NotRefundable => {
                Self::new(ProblemKind::RefundRefused).detail("The buyer's bank wants the money back, or it went back already.")
            }
            TakeBackError::TooMany => Self::new(ProblemKind::RefundRefused).detail("A booking has at most 20 refunds."),
            TakeBackError::TooMuch { left } => Self::new(ProblemKind::RefundRefused)
                .detail("It must be above zero, in the booking's currency, and not more than is left.")
                .with("left", left),
            TakeBackError::Provider(error) => error.into(),
            TakeBackError::Database(error) => error.into(),
        }
    }
}
