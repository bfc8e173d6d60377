//! Venues and their sections.

use domain::id::{OrganizationId, VenueId};
use domain::layout::{Places, Row, Section};
use domain::region::RegionCode;
use domain::seat::{PriceLevel, SectionCode};
use domain::text::{Text, ZoneName};
use domain::venue::Venue;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new venue.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateVenue {
    /// What people call it.
    pub name: Text<1, 120>,
    /// Street and number.
    pub address: Text<1, 300>,
    /// For filtering.
    pub city: Text<1, 80>,
    /// In which region that is, for the tax.
    pub region: Option<RegionCode>,
    /// Where its clocks are.
    pub time_zone: ZoneName,
    /// What visitors find there.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub amenities: Vec<Text<1, 60>>,
    /// Its parts, from the stage, screen or pitch outwards.
    #[schema(min_items = 1, max_items = 200)]
    pub sections: Vec<SectionBody>,
}

/// Whether people sit or stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Rows of numbered seats.
    Seated,
    /// A number of places without labels.
    Standing,
}

/// A part of a venue whose places share a price level.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SectionBody {
    /// Unique within the venue; the first part of every seat's name.
    pub code: SectionCode,
    /// What people call it.
    pub name: Text<1, 80>,
    /// Whether people sit or stand.
    pub kind: SectionKind,
    /// If seated: its rows, front to back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 200)]
    pub rows: Option<Vec<Row>>,
    /// If standing: how many people fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 20_000)]
    pub capacity: Option<u16>,
    /// What its places cost, by name.
    pub price_level: PriceLevel,
}

impl From<&Section> for SectionBody {
    fn from(section: &Section) -> Self {
        let (kind, rows, capacity) = match &section.places {
            Places::Seated(rows) => (SectionKind::Seated, Some(rows.clone()), None),
            Places::Standing(capacity) => (SectionKind::Standing, None, Some(*capacity)),
        };
        let (code, name, price_level) = (section.code.clone(), section.name.clone(), section.level.clone());
        Self { code, name, kind, rows, capacity, price_level }
    }
}

/// A venue in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VenueCardView {
    /// Key.
    pub venue_id: VenueId,
    /// What people call it.
    pub name: Text<1, 120>,
    /// Street and number.
    pub address: Text<1, 300>,
    /// Where it is.
    pub city: Text<1, 80>,
    /// In which region that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Where its clocks are.
    pub time_zone: ZoneName,
    /// What visitors find there.
    pub amenities: Vec<Text<1, 60>>,
    /// How many places it has.
    pub capacity: u32,
}

/// One page of venues.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VenuePage {
    /// By city and name.
    pub items: Vec<VenueCardView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A venue with its parts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VenueView {
    /// As in a list.
    #[serde(flatten)]
    pub card: VenueCardView,
    /// Who described it.
    pub organization_id: OrganizationId,
    /// The price levels that a show here must set.
    pub price_levels: Vec<PriceLevel>,
    /// From the stage, screen or pitch outwards.
    pub sections: Vec<SectionBody>,
}

impl From<&Venue> for VenueView {
    fn from(venue: &Venue) -> Self {
        Self {
            card: VenueCardView {
                venue_id: venue.id.clone(),
                name: venue.name.clone(),
                address: venue.address.clone(),
                city: venue.city.clone(),
                region: venue.region.clone(),
                time_zone: venue.zone.clone(),
                amenities: venue.amenities.clone(),
                capacity: venue.layout.capacity(),
            },
            organization_id: venue.organization.clone(),
            price_levels: venue.layout.levels().into_iter().collect(),
            sections: venue.layout.sections().iter().map(SectionBody::from).collect(),
        }
    }
}
