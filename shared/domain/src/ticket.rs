//! The right to enter, one per place, and what the door answers.

use crate::booking::Booking;
use crate::id::{BookingId, ShowId, TicketId};
use crate::seat::SeatId;
use jiff::Timestamp;

/// Where a ticket is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketStatus {
    /// Lets one person in.
    Issued,
    /// Somebody came in with it.
    Admitted,
    /// Lets nobody in while the buyer's bank wants the money back.
    Frozen,
    /// Lets nobody in any more.
    Revoked,
}

/// The right to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Key.
    pub id: TicketId,
    /// Bought with.
    pub booking: BookingId,
    /// For which show.
    pub show: ShowId,
    /// For which place.
    pub seat: SeatId,
    /// Where it is in its life.
    pub status: TicketStatus,
    /// When somebody came in with it.
    pub admitted_at: Option<Timestamp>,
}

impl Ticket {
    /// The tickets of a booking, one per place, as they are issued.
    pub fn of(booking: &Booking) -> impl Iterator<Item = Self> + '_ {
        booking.seats().enumerate().map(|(i, seat)| Self {
            id: booking.id.ticket_id(i),
            booking: booking.id.clone(),
            show: booking.show.clone(),
            seat: seat.clone(),
            status: TicketStatus::Issued,
            admitted_at: None,
        })
    }
}

/// What the door answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Come in.
    Admitted,
    /// Somebody came in with this ticket before.
    AlreadyAdmitted,
    /// A ticket for another show, or not at this hour.
    WrongShow,
    /// The booking was called off, or its payment is disputed.
    Revoked,
    /// Not a ticket of ours.
    Unknown,
}
