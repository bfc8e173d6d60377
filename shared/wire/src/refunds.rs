//! Refunds as organizers see them, and how far a call-off is.

use crate::BookingView;
use domain::id::{BookingId, EventId, PaymentId, RefundId, ShowId, UserId};
use domain::money::Money;
use domain::refund::{Refund, RefundReason, RefundStatus};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to give back of a booking that stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRefund {
    /// How much; at most what is left of the booking.
    pub amount: Money,
}

/// Money on its way back to a buyer.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundItemView {
    /// Key, together with the payment.
    pub refund_id: RefundId,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// Of which booking.
    pub booking_id: BookingId,
    /// What people read to each other.
    pub booking_number: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// Where it is in its life.
    pub status: RefundStatus,
    /// How often the provider was given it.
    pub attempt: u32,
    /// Why it failed, in the provider's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// When it was decided.
    #[schema(value_type = String, format = DateTime)]
    pub requested_at: Timestamp,
}

impl From<&Refund> for RefundItemView {
    fn from(refund: &Refund) -> Self {
        Self {
            refund_id: refund.id.clone(),
            payment_id: refund.payment.clone(),
            booking_id: refund.booking.clone(),
            booking_number: refund.booking.number(),
            amount: refund.amount.clone(),
            reason: refund.reason,
            status: refund.status,
            attempt: refund.attempt,
            failure: refund.failure.clone(),
            requested_at: refund.requested_at,
        }
    }
}

/// A page of refunds, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundPage {
    /// This page.
    pub items: Vec<RefundItemView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A booking as the organizer of its show sees it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShowBookingView {
    /// Whose.
    pub user_id: UserId,
    /// As its owner sees it.
    #[serde(flatten)]
    pub booking: BookingView,
}

/// A page of a show's bookings, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShowBookingPage {
    /// This page.
    pub items: Vec<ShowBookingView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How far a call-off is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallOffView {
    /// What was called off.
    pub event_id: EventId,
    /// Whether every booking was looked at. Refunds may still be on their way: see the list of refunds.
    pub complete: bool,
    /// Show by show.
    pub shows: Vec<ShowCallOffView>,
}

/// How far the call-off of one show is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShowCallOffView {
    /// Which.
    pub show_id: ShowId,
    /// Whether every booking was looked at.
    pub complete: bool,
    /// Bookings that were called off so far.
    pub called_off: u32,
    /// Bookings whose money could not be sent back, because their buyer's bank wants it by itself.
    pub refused: u32,
}
