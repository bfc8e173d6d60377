//! Venues, events and shows.

use crate::accounts::given;
use domain::event::{Category, Event, EventStatus, Image};
use domain::geometry::plan;
use domain::id::{EventId, ImageId, OrganizationId, ShowId, VenueId};
use domain::layout::{Layout, Places, Row, Section};
use domain::listing::Listing;
use domain::money::{BasisPoints, Money};
use domain::refund::RefundTerms;
use domain::region::RegionCode;
use domain::seat::{PriceLevel, RowLabel, SectionCode};
use domain::show::{Show, ShowStatus};
use domain::text::{Text, ZoneName};
use domain::venue::Venue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Layouts never change: a rebuilt hall is a new venue.
const LAYOUT_VERSION: u32 = 1;

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

/// A new event; it begins as a draft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateEvent {
    /// On the poster.
    pub title: Text<1, 200>,
    /// Below the poster.
    pub description: Text<0, 5000>,
    /// What kind of evening.
    pub category: Category,
    /// In which language, as people write it.
    pub language: Option<Text<1, 40>>,
    /// For finding it.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub tags: Vec<Text<1, 40>>,
    /// Its dates.
    #[schema(min_items = 1, max_items = 60)]
    pub shows: Vec<ShowBody>,
}

/// Changes to a draft; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateEvent {
    /// On the poster.
    #[serde(default, deserialize_with = "given")]
    pub title: Option<Text<1, 200>>,
    /// Below the poster.
    #[serde(default, deserialize_with = "given")]
    pub description: Option<Text<0, 5000>>,
    /// What kind of evening.
    #[serde(default, deserialize_with = "given")]
    pub category: Option<Category>,
    /// In which language; null takes it away.
    #[serde(default, deserialize_with = "given")]
    pub language: Option<Option<Text<1, 40>>>,
    /// For finding it.
    #[serde(default, deserialize_with = "given")]
    #[schema(max_items = 10)]
    pub tags: Option<Vec<Text<1, 40>>>,
    /// All its dates, in place of those it has.
    #[serde(default, deserialize_with = "given")]
    #[schema(min_items = 1, max_items = 60)]
    pub shows: Option<Vec<ShowBody>>,
}

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

/// Why an event is handed back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectEvent {
    /// What to do better.
    pub reason: Text<1, 500>,
}

/// An event as its organizers' and the admins' lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventSummaryView {
    /// Key.
    pub event_id: EventId,
    /// Who sells it.
    pub organization_id: OrganizationId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// What kind of evening.
    pub category: Category,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Whether an admin said yes.
    pub approved: bool,
    /// How many shows it has.
    pub shows: usize,
    /// When it was first written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl From<&Event> for EventSummaryView {
    fn from(event: &Event) -> Self {
        Self {
            event_id: event.id.clone(),
            organization_id: event.organization.clone(),
            title: event.title.clone(),
            category: event.category,
            status: event.lifecycle.status,
            approved: event.lifecycle.approved,
            shows: event.shows.len(),
            created_at: event.created_at,
        }
    }
}

/// One page of events for who works on them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventSummaryPage {
    /// Newest first.
    pub items: Vec<EventSummaryView>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A picture of an event.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageView {
    /// Key.
    pub image_id: ImageId,
    /// Where it is served.
    #[schema(example = "/media/events/evt_0123456789abcdef/img_0123456789abcdef.png")]
    pub url: String,
    /// For those who do not see it.
    pub alt: Text<1, 200>,
}

impl From<&Image> for ImageView {
    fn from(image: &Image) -> Self {
        Self { image_id: image.id.clone(), url: format!("/media/{}", image.key), alt: image.alt.clone() }
    }
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

/// An event as everybody sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    /// Key.
    pub event_id: EventId,
    /// Who sells it.
    pub organization_id: OrganizationId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// Below the poster.
    pub description: Text<0, 5000>,
    /// What kind of evening.
    pub category: Category,
    /// In which language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Text<1, 40>>,
    /// For finding it.
    pub tags: Vec<Text<1, 40>>,
    /// Pictures, the first is the poster.
    pub images: Vec<ImageView>,
    /// Where it is in its life.
    pub status: EventStatus,
    /// Its dates.
    pub shows: Vec<ShowView>,
}

impl EventView {
    /// The view of an event that stands so.
    pub fn new(event: &Event, status: EventStatus, shows: &[Show]) -> Self {
        Self {
            event_id: event.id.clone(),
            organization_id: event.organization.clone(),
            title: event.title.clone(),
            description: event.description.clone(),
            category: event.category,
            language: event.language.clone(),
            tags: event.tags.clone(),
            images: event.images.iter().map(ImageView::from).collect(),
            status,
            shows: shows.iter().map(ShowView::from).collect(),
        }
    }
}

/// An event as its organizers and admins see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnEventView {
    /// As everybody sees it, or will.
    #[serde(flatten)]
    pub event: EventView,
    /// Whether an admin said yes.
    pub approved: bool,
    /// Why it was handed back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection: Option<Text<1, 500>>,
    /// When it was first written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl OwnEventView {
    /// The view of an event with its shows.
    pub fn new(event: &Event, shows: &[Show]) -> Self {
        Self {
            event: EventView::new(event, event.lifecycle.status, shows),
            approved: event.lifecycle.approved,
            rejection: event.rejection.clone(),
            created_at: event.created_at,
        }
    }
}

/// How far a publication has come.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicationView {
    /// Which event.
    pub event_id: EventId,
    /// PUBLISHED once every show is on sale.
    pub status: EventStatus,
    /// Shows that are on sale.
    pub shows_published: usize,
    /// Shows in all.
    pub shows: usize,
}

/// How far an event is called off.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancellationView {
    /// Which event.
    pub event_id: EventId,
    /// CANCELLED at once.
    pub status: EventStatus,
    /// Shows whose places are all closed; none of the others is on sale either.
    pub shows_closed: usize,
    /// Shows in all.
    pub shows: usize,
}

/// A picture to be uploaded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateImage {
    /// Of which format.
    pub content_type: ImageFormat,
    /// How large it is, if that is known; at most 10 MB.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub bytes: Option<u64>,
    /// For those who do not see it.
    pub alt: Text<1, 200>,
}

/// Formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum ImageFormat {
    /// Photographs.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Drawings.
    #[serde(rename = "image/png")]
    Png,
    /// Both, smaller.
    #[serde(rename = "image/webp")]
    Webp,
}

impl ImageFormat {
    /// As HTTP names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// As files are named.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }
}

/// A picture that waits for its bytes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewImageView {
    /// What it will be.
    #[serde(flatten)]
    pub image: ImageView,
    /// How to send it.
    pub upload: UploadView,
}

/// A form for `multipart/form-data`: these fields first, in any order, then the picture as the field `file`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UploadView {
    /// Where to post it.
    pub url: String,
    /// What to send along.
    pub fields: BTreeMap<String, String>,
}

/// An event in the public list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedEventView {
    /// Key.
    pub event_id: EventId,
    /// On the poster.
    pub title: Text<1, 200>,
    /// What kind of evening.
    pub category: Category,
    /// In which language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Text<1, 40>>,
    /// For finding it.
    pub tags: Vec<Text<1, 40>>,
    /// Where it is shown, in the order of its shows.
    pub cities: Vec<Text<1, 80>>,
    /// Where exactly.
    pub venues: Vec<Text<1, 120>>,
    /// When its first show begins.
    #[schema(value_type = String, format = DateTime)]
    pub first_show_at: Timestamp,
    /// When its last show begins.
    #[schema(value_type = String, format = DateTime)]
    pub last_show_at: Timestamp,
    /// When the first of its shows begins that the search matches.
    #[schema(value_type = String, format = DateTime)]
    pub next_show_at: Timestamp,
    /// The cheapest place.
    pub min_price: Money,
    /// The dearest place.
    pub max_price: Money,
    /// The poster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageView>,
    /// Where it is in its life.
    pub status: EventStatus,
    /// How many shows it has.
    pub shows: usize,
}

impl ListedEventView {
    /// The view of an entry; none for one without shows, which is never written.
    pub fn new(listing: &Listing, next_show_at: Timestamp, now: Timestamp) -> Option<Self> {
        let (first, last) = (listing.shows.first()?, listing.shows.last()?);
        Some(Self {
            event_id: listing.event.clone(),
            title: listing.title.clone(),
            category: listing.category,
            language: listing.language.clone(),
            tags: listing.tags.clone(),
            cities: listing.cities().into_iter().cloned().collect(),
            venues: listing.venues().into_iter().cloned().collect(),
            first_show_at: first.starts_at,
            last_show_at: last.starts_at,
            next_show_at,
            min_price: listing.shows.iter().map(|show| &show.lowest).min_by_key(|price| price.amount)?.clone(),
            max_price: listing.shows.iter().map(|show| &show.highest).max_by_key(|price| price.amount)?.clone(),
            image: listing.image.as_ref().map(ImageView::from),
            status: listing.status(now),
            shows: listing.shows.len(),
        })
    }
}

/// One page of the public list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListedEventPage {
    /// By the month and the date of their shows.
    pub items: Vec<ListedEventView>,
    /// Where the next page begins. A page may be short, even empty, while there is a next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
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

/// Where the places of a show are. Coordinates count seats; the stage, screen or pitch is at 0, 0 and y grows away from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LayoutView {
    /// Of which show.
    pub show_id: ShowId,
    /// Another layout would have another version.
    pub version: u32,
    /// Where everybody looks.
    pub focal_point: PointView,
    /// From the focal point outwards.
    pub sections: Vec<SectionPlanView>,
    /// What each price level costs.
    pub levels: Vec<LevelView>,
}

/// A point, in seats.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PointView {
    /// To the right.
    pub x: f64,
    /// Away from the focal point.
    pub y: f64,
}

/// A section on the plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SectionPlanView {
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
    /// Its nearest left corner.
    pub x: f64,
    /// Its nearest left corner.
    pub y: f64,
    /// From left to right.
    pub width: u32,
    /// From front to back.
    pub depth: u32,
    /// Front to back; a standing area has one, `0`.
    pub rows: Vec<RowPlanView>,
}

/// A row on the plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowPlanView {
    /// Which row.
    pub row: RowLabel,
    /// How many seats it has, numbered from 1.
    pub seats: u16,
    /// Its first seat; the others follow to the right, 1 apart.
    pub x: f64,
    /// How far back it is.
    pub y: f64,
}

/// What a price level costs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LevelView {
    /// By name.
    pub level: PriceLevel,
    /// Before fee and tax.
    pub price: Money,
}

impl LayoutView {
    /// The plan of a show in this layout.
    pub fn new(show: &Show, layout: &Layout) -> Self {
        let sections = layout.sections().iter().zip(plan(layout)).map(|(section, plan)| SectionPlanView {
            section: section.code.clone(),
            name: section.name.clone(),
            kind: kind_of(section),
            price_level: section.level.clone(),
            capacity: section.capacity(),
            x: plan.corner.x,
            y: plan.corner.y,
            width: plan.width,
            depth: plan.depth,
            rows: plan.rows.into_iter().map(|row| RowPlanView { row: row.row, seats: row.seats, x: row.first.x, y: row.first.y }).collect(),
        });
        Self {
            show_id: show.id.clone(),
            version: LAYOUT_VERSION,
            focal_point: PointView { x: 0.0, y: 0.0 },
            sections: sections.collect(),
            levels: show.prices.iter().map(|(level, price)| LevelView { level: level.clone(), price: price.clone() }).collect(),
        }
    }
}

/// Whether people sit or stand in a section.
pub fn kind_of(section: &Section) -> SectionKind {
    if section.is_standing() { SectionKind::Standing } else { SectionKind::Seated }
}

/// How every place of a show stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatMapView {
    /// Which show.
    pub show_id: ShowId,
    /// When the places were read.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
    /// The server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
    /// As in the layout.
    pub sections: Vec<SectionStatesView>,
}

/// How the places of a section stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionStatesView {
    /// Which section.
    pub section: SectionCode,
    /// Front to back.
    pub rows: Vec<RowStatesView>,
}

/// How the places of a row stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowStatesView {
    /// Which row.
    pub row: RowLabel,
    /// The number of the first place.
    pub first: u16,
    /// One letter a place: `A`vailable, `H`eld, `B`ooked, `X` blocked.
    #[schema(pattern = "^[AHBX]*$", example = "AAHHBBAAX")]
    pub states: String,
}
