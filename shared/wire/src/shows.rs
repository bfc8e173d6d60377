//! Shows: the dates of an event, and what is left of them.

use crate::SectionKind;
use domain::id::{EventId, ShowId, VenueId};
use domain::money::{BasisPoints, Money};
use domain::refund::RefundTerms;
use domain::seat::{PriceLevel, SectionCode};
use domain::show::{Show, ShowStatus};
use domain::text::{Text, ZoneName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One date of a new event.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShowBody {
    /// Where.
    pub venue_id: VenueId,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// From when places are sold; from publication if left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sales_open_at: Option<Timestamp>,
    /// Until when places are sold; until it begins if left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sales_close_at: Option<Timestamp>,
    /// A price for every price level of the venue, before fee and tax.
    pub prices: BTreeMap<PriceLevel, Money>,
    /// Places per person; 6 if left out.
    #[schema(minimum = 1, maximum = 20)]
    pub seat_limit: Option<u8>,
    /// How long a hold lasts; 600 if left out.
    #[schema(minimum = 2, maximum = 1800)]
    pub hold_seconds: Option<u32>,
}

/// One date of an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShowView {
    /// Key.
    pub show_id: ShowId,
    /// Where.
    pub venue_id: VenueId,
    /// The venue's name.
    pub venue_name: Text<1, 120>,
    /// The venue's city.
    pub city: Text<1, 80>,
    /// Where the venue's clocks are.
    pub time_zone: ZoneName,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// From when places are sold, unless it is from publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sales_open_at: Option<Timestamp>,
    /// Until when places are sold, unless it is until it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sales_close_at: Option<Timestamp>,
    /// Before fee and tax.
    pub prices: BTreeMap<PriceLevel, Money>,
    /// Places per person.
    pub seat_limit: u8,
    /// How long a hold lasts.
    pub hold_seconds: u32,
    /// Booking fee, in hundredths of a percent of the price.
    #[schema(value_type = u32)]
    pub fee_rate: BasisPoints,
    /// Tax on price and fee, in hundredths of a percent.
    #[schema(value_type = u32)]
    pub tax_rate: BasisPoints,
    /// What goes back to buyers who call their booking off.
    pub refund_terms: RefundTerms,
    /// Whether it can be on sale.
    pub status: ShowStatus,
}

impl From<&Show> for ShowView {
    fn from(show: &Show) -> Self {
        Self {
            show_id: show.id.clone(),
            venue_id: show.venue.clone(),
            venue_name: show.venue_name.clone(),
            city: show.city.clone(),
            time_zone: show.zone.clone(),
            starts_at: show.starts_at,
            sales_open_at: show.sales_open_at,
            sales_close_at: show.sales_close_at,
            prices: show.prices.clone(),
            seat_limit: show.seat_limit,
            hold_seconds: show.hold_seconds,
            fee_rate: show.charges.fee_rate,
            tax_rate: show.charges.tax_rate,
            refund_terms: show.refund_terms.clone(),
            status: show.status,
        }
    }
}

/// A show with what is left of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShowDetailView {
    /// Of which event.
    pub event_id: EventId,
    /// Its title.
    pub title: Text<1, 200>,
    /// The show itself.
    #[serde(flatten)]
    pub show: ShowView,
    /// What is left, section by section. A moment old.
    pub sections: Vec<SectionCountsView>,
    /// The server's clock, for a countdown that does not depend on the client's.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
}

/// What is left of a section.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionCountsView {
    /// Which section.
    pub section: SectionCode,
    /// What people call it.
    pub name: Text<1, 80>,
    /// Whether people sit or stand.
    pub kind: SectionKind,
    /// What its places cost, by name.
    pub price_level: PriceLevel,
    /// How many places it has.
    pub capacity: u32,
    /// Free places.
    pub available: u32,
    /// Held places.
    pub held: u32,
    /// Sold places.
    pub booked: u32,
}
