//! One date of an event, with its own seats, prices and sales window.

use crate::hold::{HeldPlace, Hold, HoldError};
use crate::id::{EventId, HoldId, OrganizationId, ShowId, UserId, VenueId};
use crate::layout::Layout;
use crate::money::Money;
use crate::quote::{Charges, quote};
use crate::refund::RefundTerms;
use crate::seat::{PriceLevel, SeatId};
use crate::text::{Text, ZoneName};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Places per person and show unless the organizer says otherwise.
pub const SEAT_LIMIT_DEFAULT: u8 = 6;
/// The most that an organizer may allow.
pub const SEAT_LIMIT_MAX: u8 = 20;
/// How long a hold lasts unless the organizer says otherwise.
pub const HOLD_SECONDS_DEFAULT: u32 = 600;
/// The shortest hold; shorter ones run out while the page loads.
pub const HOLD_SECONDS_MIN: u32 = 2;
/// The longest a hold can last, extensions included.
pub const HOLD_SECONDS_MAX: u32 = 1_800;

/// How far ahead a show can be: as far as the public list is searched.
pub const SHOW_AHEAD_MAX: SignedDuration = SignedDuration::from_hours(24 * 365 * 2);

const _: () = assert!(HOLD_SECONDS_MIN < HOLD_SECONDS_DEFAULT && HOLD_SECONDS_DEFAULT < HOLD_SECONDS_MAX);
const _: () = assert!(SEAT_LIMIT_DEFAULT <= SEAT_LIMIT_MAX);

/// Where a show is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ShowStatus {
    /// Not yet published; its blocks may not exist.
    Draft,
    /// Every block exists; on sale within its sales window.
    Published,
    /// Called off; every block is closed or about to be.
    Cancelled,
}

/// One date of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Show {
    /// Key.
    pub id: ShowId,
    /// What is played.
    pub event: EventId,
    /// Its title, for lists.
    pub title: Text<1, 200>,
    /// Who sells it.
    pub organization: OrganizationId,
    /// Where.
    pub venue: VenueId,
    /// The venue's name, for lists.
    pub venue_name: Text<1, 120>,
    /// The venue's city, for lists.
    pub city: Text<1, 80>,
    /// Where the venue's clocks are.
    pub zone: ZoneName,
    /// When it begins.
    pub starts_at: Timestamp,
    /// From when places are sold; from publication if absent.
    pub sales_open_at: Option<Timestamp>,
    /// Until when places are sold; until it begins if absent.
    pub sales_close_at: Option<Timestamp>,
    /// What each price level costs; one for every level of the layout, all in one currency.
    pub prices: BTreeMap<PriceLevel, Money>,
    /// Places per person.
    pub seat_limit: u8,
    /// How long a hold lasts.
    pub hold_seconds: u32,
    /// Fee and tax.
    pub charges: Charges,
    /// What goes back to buyers who call their booking off.
    pub refund_terms: RefundTerms,
    /// Where it is in its life.
    pub status: ShowStatus,
}

/// Nothing can be held now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SalesClosed {
    /// Not published, cancelled, or over.
    #[error("the show is not on sale")]
    NotOnSale,
    /// The sale has not begun.
    #[error("sales open at {0}")]
    NotYet(Timestamp),
    /// The sale has ended.
    #[error("sales closed at {0}")]
    Over(Timestamp),
}

/// Why a show cannot be sold as described.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShowError {
    /// It begins in the past.
    #[error("must be in the future")]
    StartsInThePast,
    /// It begins so late that nobody would find it.
    #[error("must be within two years")]
    StartsTooLate,
    /// The sales window is empty or ends after the beginning.
    #[error("sales must open before they close, and close before the show begins")]
    SalesWindow,
    /// A level of the layout has no price, or a price has no level.
    #[error("prices must name exactly the venue's price levels: {}", .0.iter().map(PriceLevel::as_str).collect::<Vec<_>>().join(", "))]
    PriceLevels(BTreeSet<PriceLevel>),
    /// Two currencies.
    #[error("prices must be in one currency")]
    Currencies,
}

impl Show {
    /// Checks dates and prices against each other and against the layout.
    pub fn check(&self, layout: &Layout, now: Timestamp) -> Result<(), ShowError> {
        if self.starts_at <= now {
            return Err(ShowError::StartsInThePast);
        }
        if self.starts_at.duration_since(now) > SHOW_AHEAD_MAX {
            return Err(ShowError::StartsTooLate);
        }
        let close = self.sales_close_at.unwrap_or(self.starts_at);
        if close > self.starts_at || self.sales_open_at.is_some_and(|open| open >= close) {
            return Err(ShowError::SalesWindow);
        }
        if !self.prices.keys().eq(layout.levels().iter()) {
            return Err(ShowError::PriceLevels(layout.levels()));
        }
        let currencies: BTreeSet<_> = self.prices.values().map(|price| &price.currency).collect();
        if currencies.len() == 1 { Ok(()) } else { Err(ShowError::Currencies) }
    }

    /// Whether the public may see it.
    pub fn is_public(&self) -> bool {
        match self.status {
            ShowStatus::Published | ShowStatus::Cancelled => true,
            ShowStatus::Draft => false,
        }
    }

    /// Whether places can be held at `now`. Advice only: the blocks themselves refuse once the show is closed.
    pub fn on_sale(&self, now: Timestamp) -> Result<(), SalesClosed> {
        let close = self.sales_close_at.unwrap_or(self.starts_at);
        if self.status != ShowStatus::Published {
            Err(SalesClosed::NotOnSale)
        } else if let Some(open) = self.sales_open_at.filter(|open| now < *open) {
            Err(SalesClosed::NotYet(open))
        } else if now >= close {
            Err(SalesClosed::Over(close))
        } else {
            Ok(())
        }
    }

    /// The hold of these places: each exists, none twice, within the limit, priced and quoted as of now.
    pub fn hold(
        &self,
        layout: &Layout,
        id: HoldId,
        user: UserId,
        seats: &[SeatId],
        request: String,
        now: Timestamp,
    ) -> Result<Hold, HoldError> {
        if seats.is_empty() || seats.len() > usize::from(self.seat_limit) {
            return Err(HoldError::SeatLimit { limit: self.seat_limit });
        }
        if seats.iter().collect::<BTreeSet<_>>().len() != seats.len() {
            return Err(HoldError::DuplicateSeat);
        }
        let mut places = Vec::with_capacity(seats.len());
        for seat in seats {
            let level = layout.level_of(seat).ok_or_else(|| HoldError::UnknownSeat(seat.clone()))?;
            let price = self.prices.get(level).ok_or_else(|| HoldError::UnknownSeat(seat.clone()))?;
            places.push(HeldPlace { seat: seat.clone(), level: level.clone(), price: price.clone() });
        }
        let currency = &places[0].price.currency;
        let quote = quote(places.iter().map(|place| &place.price), currency, self.charges)?;
        let created_at = whole_seconds(now);
        let expires_at = created_at + SignedDuration::from_secs(i64::from(self.hold_seconds));
        Ok(Hold { id, show: self.id.clone(), user, places, quote, created_at, expires_at, request, booking: None })
    }

    /// Until when a hold lasts if it is extended at `now`: `hold_seconds` from now, and half an hour in all.
    pub fn extended(&self, hold: &Hold, now: Timestamp) -> Timestamp {
        let from_now = whole_seconds(now) + SignedDuration::from_secs(i64::from(self.hold_seconds));
        let in_all = hold.created_at + SignedDuration::from_secs(i64::from(HOLD_SECONDS_MAX));
        from_now.min(in_all).max(hold.expires_at)
    }
}

/// Claims count in whole seconds, and so does everything that is compared with them.
pub fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).expect("a timestamp's own second is a timestamp")
}
