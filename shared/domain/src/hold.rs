//! An expiring claim of one user on places of one show.

use crate::id::{BookingId, HoldId, ShowId, UserId};
use crate::money::{Money, MoneyError};
use crate::quote::Quote;
use crate::seat::{PriceLevel, SeatId};
use jiff::Timestamp;

/// A place in a hold or booking, with the price it was taken at.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HeldPlace {
    /// Which place.
    pub seat: SeatId,
    /// Its price level.
    pub level: PriceLevel,
    /// What it costs, before fee and tax.
    pub price: Money,
}

/// Places that one user has for a few minutes. A user has at most one live hold per show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Key; its body ends every claim.
    pub id: HoldId,
    /// Of which show.
    pub show: ShowId,
    /// Whose.
    pub user: UserId,
    /// What.
    pub places: Vec<HeldPlace>,
    /// The price, fixed now.
    pub quote: Quote,
    /// When it was placed; whole seconds.
    pub created_at: Timestamp,
    /// The last second in which it is live.
    pub expires_at: Timestamp,
    /// What was asked for, in one spelling: the same request again finds this hold.
    pub request: String,
    /// The booking it became.
    pub booking: Option<BookingId>,
}

/// Why these places make no hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoldError {
    /// More than one person may have.
    #[error("at most {limit} places per person")]
    SeatLimit {
        /// The show's limit.
        limit: u8,
    },
    /// The same place twice.
    #[error("a place is named twice")]
    DuplicateSeat,
    /// There is no such place in this show.
    #[error("there is no seat {0}")]
    UnknownSeat(SeatId),
    /// The prices do not add up.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Hold {
    /// The places' names.
    pub fn seats(&self) -> impl Iterator<Item = &SeatId> {
        self.places.iter().map(|place| &place.seat)
    }

    /// Whether its claims still hold at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.expires_at >= crate::show::whole_seconds(now)
    }
}
