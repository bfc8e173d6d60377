//! Bookings and payments.

use crate::PlaceView;
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::coupon::CouponCode;
use domain::id::{BookingId, EventId, PaymentId, ShowId, TicketId};
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use domain::quote::Quote;
use domain::refund::{Refund, RefundStatus};
use domain::seat::SeatId;
use domain::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to make of the caller's hold.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateBooking {
    /// The show in which the caller holds places.
    pub show_id: ShowId,
    /// Through whom to pay. If there is nothing to pay it is passed over; `free` cannot be asked for.
    pub provider: Provider,
    /// What the buyer typed, if anything. Capitals or not, and what cannot be a code is an unknown one.
    pub coupon_code: Option<Text<1, 40>>,
}

/// Another try to pay for a booking.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePaymentAttempt {
    /// Through whom; another one than before is fine.
    pub provider: Provider,
}

/// How the client pays.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    /// Through whom.
    pub provider: Provider,
    /// Our key of the payment.
    pub payment_id: PaymentId,
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// What Stripe's browser library wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// What Razorpay's browser library wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Where to pay, for providers with a page of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkout_url: Option<String>,
}

/// What goes back to the buyer.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundView {
    /// How much.
    pub amount: Money,
    /// How far it is; the slowest, if there are several.
    pub status: RefundStatus,
}

/// The right to enter, as a booking lists it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketLink {
    /// Key.
    pub ticket_id: TicketId,
    /// For which place.
    pub seat: SeatId,
}

/// A booking as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BookingView {
    /// Key.
    pub booking_id: BookingId,
    /// What people read to each other.
    pub booking_number: String,
    /// Of which show.
    pub show_id: ShowId,
    /// Of which event.
    pub event_id: EventId,
    /// Where it is in its life.
    pub status: BookingStatus,
    /// Why it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_reason: Option<CancelReason>,
    /// What was bought.
    pub seats: Vec<PlaceView>,
    /// For how much.
    pub quote: Quote,
    /// The coupon that made it cheaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon_code: Option<CouponCode>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Until when its places are held for the payment.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed_at: Option<Timestamp>,
    /// When it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub cancelled_at: Option<Timestamp>,
    /// One per place, once it is paid.
    pub tickets: Vec<TicketLink>,
    /// How it is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentView>,
    /// What goes back to the buyer, in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundView>,
}

impl BookingView {
    /// The view of a booking with its payment, where that is at hand.
    pub fn new(booking: &Booking, payment: Option<PaymentView>) -> Self {
        let tickets = match booking.status {
            BookingStatus::Confirmed => {
                booking.seats().enumerate().map(|(i, seat)| TicketLink { ticket_id: booking.id.ticket_id(i), seat: seat.clone() }).collect()
            }
            BookingStatus::Pending
            | BookingStatus::Cancelled
            | BookingStatus::Expired
            | BookingStatus::Refunded
            | BookingStatus::PartiallyRefunded => vec![],
        };
        Self {
            booking_id: booking.id.clone(),
            booking_number: booking.id.number(),
            show_id: booking.show.clone(),
            event_id: booking.event.clone(),
            status: booking.status,
            cancel_reason: booking.cancel_reason,
            seats: booking.places.iter().map(PlaceView::from).collect(),
            quote: booking.quote.clone(),
            coupon_code: booking.coupon.as_ref().map(|used| used.code.clone()),
            created_at: booking.created_at,
            expires_at: booking.expires_at,
            confirmed_at: booking.confirmed_at,
            cancelled_at: booking.cancelled_at,
            tickets,
            payment,
            refund: refund(booking),
        }
    }

    /// With how far its refunds are.
    #[must_use]
    pub fn with_refunds(mut self, refunds: &[Refund]) -> Self {
        let slowest = refunds.iter().map(|refund| refund.status).min_by_key(|status| match status {
            RefundStatus::Failed => 0,
            RefundStatus::Requested => 1,
            RefundStatus::Processing => 2,
            RefundStatus::Done => 3,
        });
        if let (Some(view), Some(status)) = (&mut self.refund, slowest) {
            view.status = status;
        }
        self
    }
}

/// What goes back of a booking, as far as the booking itself knows: `with_refunds` knows better.
fn refund(booking: &Booking) -> Option<RefundView> {
    let amount = booking.returned.total_money();
    let status = match booking.status {
        BookingStatus::Refunded | BookingStatus::PartiallyRefunded => RefundStatus::Done,
        BookingStatus::Cancelled | BookingStatus::Confirmed => RefundStatus::Requested,
        BookingStatus::Pending | BookingStatus::Expired => return None,
    };
    (amount.amount > 0).then_some(RefundView { amount, status })
}

impl From<&Payment> for PaymentView {
    fn from(payment: &Payment) -> Self {
        Self {
            provider: payment.provider,
            payment_id: payment.id.clone(),
            status: payment.status,
            client_secret: None,
            order_id: None,
            checkout_url: None,
        }
    }
}

/// A page of bookings, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingPage {
    /// This page.
    pub items: Vec<BookingView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Proof of payment from the provider's client.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SandboxProof {
    /// Which payment.
    pub payment_id: PaymentId,
    /// What became of it.
    pub status: PaymentStatus,
    /// HMAC-SHA256 of payment, booking and status by the sandbox, in hexadecimal.
    pub signature: Text<64, 64>,
}

/// What Stripe's browser library knows of a payment. It proves nothing: Stripe is asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StripeProof {
    /// Stripe's name of the payment.
    pub payment_intent_id: Text<1, 100>,
}

/// What Razorpay's checkout hands to the browser.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RazorpayProof {
    /// Razorpay's name of the order.
    pub razorpay_order_id: Text<1, 100>,
    /// Razorpay's name of the payment.
    pub razorpay_payment_id: Text<1, 100>,
    /// HMAC-SHA256 of `order|payment` with the key's secret, in hexadecimal.
    pub razorpay_signature: Text<64, 64>,
}

/// Proof of payment: what the client of the booking's provider has. Which one it must be, the payment says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum PaymentProof {
    /// From the sandbox.
    Sandbox(SandboxProof),
    /// From Stripe's browser library.
    Stripe(StripeProof),
    /// From Razorpay's checkout.
    Razorpay(RazorpayProof),
}

/// What the buyer does at the sandbox.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SandboxAction {
    /// Pay or fail to pay.
    pub action: SandboxChoice,
    /// When the web hook comes.
    #[serde(default)]
    pub webhook: WebhookTiming,
}

/// Pay or fail to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxChoice {
    /// The bank sets the money aside.
    Authorize,
    /// The bank says no.
    Decline,
    /// After it was paid: the buyer's bank takes the money back and asks.
    Dispute,
    /// … and gives it to us again.
    DisputeWon,
    /// … and keeps it.
    DisputeLost,
}

/// When the sandbox's web hook comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WebhookTiming {
    /// At once.
    #[default]
    Now,
    /// Lost on the way.
    Never,
    /// Delivered twice.
    Twice,
    /// After the hold has run out.
    Late,
}

/// What the buyer's browser takes to `/confirm`.
#[derive(Debug, Serialize, ToSchema)]
pub struct SandboxAnswer {
    /// The body of `/confirm`.
    pub proof: SandboxProof,
}
