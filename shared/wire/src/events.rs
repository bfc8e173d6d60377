//! Events: drafts, the public list, and what becomes of them.

use crate::accounts::given;
use crate::{ImageView, ShowBody, ShowView};
use domain::event::{Category, Event, EventStatus};
use domain::id::{EventId, OrganizationId};
use domain::listing::Listing;
use domain::money::Money;
use domain::show::Show;
use domain::text::{Text, ZoneName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// Where the clocks of that show's venue are.
    pub time_zone: ZoneName,
    /// The cheapest place, before fee and tax.
    pub min_price: Money,
    /// The dearest place, before fee and tax.
    pub max_price: Money,
    /// The cheapest place with fee and tax: what a buyer pays at least.
    pub min_total: Money,
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
        let next = listing.shows.iter().find(|show| show.starts_at == next_show_at).unwrap_or(first);
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
            time_zone: next.zone.clone(),
            min_price: listing.shows.iter().map(|show| &show.lowest).min_by_key(|price| price.amount)?.clone(),
            max_price: listing.shows.iter().map(|show| &show.highest).max_by_key(|price| price.amount)?.clone(),
            min_total: listing.shows.iter().map(|show| &show.lowest_total).min_by_key(|price| price.amount)?.clone(),
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
