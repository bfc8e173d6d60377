//! The right to enter, one per place, and what the door answers.

use crate::booking::Booking;
use crate::id::{BookingId, ShowId, TicketId};
use crate::seat::SeatId;
use crate::text::Text;
use jiff::{SignedDuration, Timestamp};

/// Clocks differ: a code opens the door so long before its hours, and so long after them.
pub const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(5);
/// How long a device may keep a scan to itself and still be believed when it was made.
pub const SCAN_AGE_MAX: SignedDuration = SignedDuration::from_hours(48);

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
    /// At which gate that was, if the scanner said so.
    pub gate: Option<Text<1, 40>>,
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
            gate: None,
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

/// When a scan that a device reports only at `now` was made. A clock that is ahead of ours or days behind it is wrong; but somebody
/// came in, so the scan counts as made now.
pub fn scanned_at(told: Timestamp, now: Timestamp) -> Timestamp {
    if (now - SCAN_AGE_MAX..=now).contains(&told) { told } else { now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_believed_for_two_days_back_and_never_ahead() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let hour = SignedDuration::from_hours(1);
        for believed in [now, now - hour, now - SCAN_AGE_MAX] {
            assert_eq!(scanned_at(believed, now), believed);
        }
        for wrong in [now + SignedDuration::from_nanos(1), now + hour, now - SCAN_AGE_MAX - hour, Timestamp::MIN, Timestamp::MAX] {
            assert_eq!(scanned_at(wrong, now), now, "{wrong}");
        }
    }
}
