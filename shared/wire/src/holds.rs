//! Holds.

use domain::hold::{HeldPlace, Hold};
use domain::id::{BookingId, HoldId, ShowId};
use domain::money::Money;
use domain::quote::Quote;
use domain::seat::{PriceLevel, SeatId, SectionCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which places to hold: either these seats, or so many of the best.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceHold {
    /// These seats, all or none.
    #[schema(min_items = 1, max_items = 20)]
    pub seats: Option<Vec<SeatId>>,
    /// So many places, chosen by the server.
    #[schema(minimum = 1, maximum = 20)]
    pub quantity: Option<u16>,
    /// With `quantity`: in this section first.
    pub section: Option<SectionCode>,
    /// With `quantity`: at this price level.
    pub price_level: Option<PriceLevel>,
    /// With `quantity`: what matters.
    pub preferences: Option<Preferences>,
}

/// What matters to somebody who lets the server choose.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preferences {
    /// Neighbours or nothing.
    #[serde(default)]
    pub together: bool,
    /// At the end of a row, if there is such a choice.
    #[serde(default)]
    pub aisle: bool,
}

/// A place with its price.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceView {
    /// Which place.
    pub seat: SeatId,
    /// Its price level.
    pub price_level: PriceLevel,
    /// Before fee and tax.
    pub price: Money,
}

impl From<&HeldPlace> for PlaceView {
    fn from(place: &HeldPlace) -> Self {
        Self { seat: place.seat.clone(), price_level: place.level.clone(), price: place.price.clone() }
    }
}

/// A hold as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HoldView {
    /// Key.
    pub hold_id: HoldId,
    /// Of which show.
    pub show_id: ShowId,
    /// What is held.
    pub seats: Vec<PlaceView>,
    /// What it costs.
    pub quote: Quote,
    /// The last second in which it is live.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// The server's clock, for a countdown that does not depend on the client's.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
    /// The booking it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking_id: Option<BookingId>,
}

impl HoldView {
    /// The view of a hold at `now`.
    pub fn new(hold: &Hold, now: Timestamp) -> Self {
        Self {
            hold_id: hold.id.clone(),
            show_id: hold.show.clone(),
            seats: hold.places.iter().map(PlaceView::from).collect(),
            quote: hold.quote.clone(),
            expires_at: hold.expires_at,
            server_time: now,
            booking_id: hold.booking.clone(),
        }
    }
}
