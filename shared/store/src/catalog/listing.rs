//! The public list: an entry for every event and month in which it has shows, found by month and date.

use super::events::ImageRecord;
use super::{ListPage, Part};
use crate::database::{DatabaseError, Item, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::event::Category;
use domain::id::EventId;
use domain::listing::{ListedShow, Listing, Month, Search};
use domain::money::{Currency, Money};
use domain::text::{InvalidText, Text, ZoneName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Requests that one page of a search may take; what is left is the next page's.
const SEARCH_REQUESTS_MAX: usize = 30;
/// Entries per request.
const SEARCH_ENTRIES: u16 = 100;
/// `2026-11`.
const MONTH_LENGTH: usize = 7;
/// Longest position of an entry: a moment and an event's identifier.
const POSITION_LENGTH_MAX: usize = 60;

/// An event that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the list shows of it.
    pub listing: Listing,
    /// The first of its shows that matches.
    pub next_show_at: Timestamp,
}

/// A place in the list: a month, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPosition {
    month: Month,
    text: String,
}

impl ListPosition {
    fn beginning_of(month: Month) -> Self {
        Self { month, text: month.to_string() }
    }
}

impl FromStr for ListPosition {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let refuse = || InvalidText("must be a cursor of this list".to_owned());
        let bounded = text.len() <= POSITION_LENGTH_MAX && text.is_ascii();
        let month = text.get(..MONTH_LENGTH).filter(|_| bounded).ok_or_else(refuse)?;
        Ok(Self { month: month.parse().map_err(|_| refuse())?, text: text.to_owned() })
    }
}

impl fmt::Display for ListPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Store {
    /// Pattern 59: writes an event's entries; those it has are replaced. What was called off stays called off.
    pub async fn list_event(&self, listing: &Listing) -> Result<(), DatabaseError> {
        for (month, first) in listing.months() {
            let request = self
                .client
                .put_item()
                .table_name(self.main())
                .set_item(Some(listing_item(listing, month, first)?))
                .condition_expression("attribute_not_exists(cancelled)");
            send_write!(self.client, "list an event", PutItemError, request)?;
        }
        Ok(())
    }

    /// Pattern 60: marks an event's entries as called off. They need not exist yet, so that a publication which is still
    /// under way cannot list it behind us.
    pub(super) async fn unlist_event(&self, listing: &Listing) -> Result<(), DatabaseError> {
        for (month, _) in listing.months() {
            let key = key::listed(&listing.event, &month.to_string());
            let request = self
                .client
                .update_item()
                .table_name(self.main())
                .key("pk", key.pk())
                .key("sk", key.sk())
                .update_expression("SET cancelled = :yes")
                .expression_attribute_values(":yes", AttributeValue::Bool(true));
            send_write!(self.client, "call an event's entry off", UpdateItemError, request)?;
        }
        Ok(())
    }

    /// Pattern 61: what a search finds, month by month. Each event is found once, in the month of its first show that
    /// matches. A page may be short of its limit, even empty, while there is a next one.
    pub async fn search_events(
        &self,
        search: &Search,
        after: Option<ListPosition>,
        limit: u16,
        now: Timestamp,
    ) -> Result<ListPage<Found>, DatabaseError> {
        let (first, last) = search.months();
        let first = ListPosition::beginning_of(first);
        let mut position = after.map_or(first.clone(), |after| after.max(first));
        let mut items = Vec::new();
        for _ in 0..SEARCH_REQUESTS_MAX {
            let month = position.month;
            if month > last {
                return Ok(ListPage { items, next: None });
            }
            let part = Part::After(position.text);
            let (entries, more) = self.index_page("search events", key::gsi_month(&month.to_string()), part, SEARCH_ENTRIES).await?;
            let mut reached = None;
            for (text, entry) in entries {
                let listing = listing_from(entry)?;
                if let Some(show) = search.found(&listing, month, now) {
                    items.push(Found { next_show_at: show.starts_at, listing });
                }
                if items.len() == usize::from(limit) {
                    return Ok(ListPage { items, next: Some(text) });
                }
                reached = Some(text);
            }
            position = match reached {
                Some(text) if more => ListPosition { month, text },
                _ if month == last => return Ok(ListPage { items, next: None }),
                _ => ListPosition::beginning_of(month.plus(1)),
            };
        }
        Ok(ListPage { items, next: Some(position.text) })
    }
}

/// As it lies in the table.
#[derive(Serialize, Deserialize)]
struct ListingRecord {
    event: EventId,
    title: Text<1, 200>,
    category: Category,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Text<1, 40>>,
    tags: Vec<Text<1, 40>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageRecord>,
    venues: Vec<ListedVenue>,
    /// `1795860000 0 50000 90000 59000 INR` each: when it begins, which venue, the lowest and the highest price, the lowest with fee and tax.
    shows: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cancelled: bool,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct ListedVenue {
    name: Text<1, 120>,
    city: Text<1, 80>,
    zone: ZoneName,
}

fn listing_item(listing: &Listing, month: Month, first: Timestamp) -> Result<Item, DatabaseError> {
    let mut venues: Vec<ListedVenue> = Vec::new();
    let mut shows = Vec::new();
    for show in &listing.shows {
        let venue = ListedVenue { name: show.venue_name.clone(), city: show.city.clone(), zone: show.zone.clone() };
        let index = venues.iter().position(|known| *known == venue).unwrap_or(venues.len());
        if index == venues.len() {
            venues.push(venue);
        }
        let (seconds, lowest) = (show.starts_at.as_second(), &show.lowest);
        let (highest, total) = (show.highest.amount, show.lowest_total.amount);
        shows.push(format!("{seconds} {index} {} {highest} {total} {}", lowest.amount, lowest.currency));
    }
    let record = ListingRecord {
        event: listing.event.clone(),
        title: listing.title.clone(),
        category: listing.category,
        language: listing.language.clone(),
        tags: listing.tags.clone(),
        image: listing.image.as_ref().map(ImageRecord::from),
        venues,
        shows,
        cancelled: listing.cancelled,
    };
    let mut item = record::to_item(&key::listed(&listing.event, &month.to_string()), &record)?;
    item.extend(key::gsi(key::gsi_month(&month.to_string()), key::gsi_moment_position(first, listing.event.as_str())));
    Ok(item)
}

fn listing_from(item: Item) -> Result<Listing, DatabaseError> {
    let record: ListingRecord = record::from_item(item)?;
    let shows = record.shows.iter().map(|line| listed_show(line, &record.venues)).collect::<Result<_, _>>()?;
    Ok(Listing {
        event: record.event,
        title: record.title,
        category: record.category,
        language: record.language,
        tags: record.tags,
        image: record.image.map(Into::into),
        shows,
        cancelled: record.cancelled,
    })
}

fn listed_show(line: &str, venues: &[ListedVenue]) -> Result<ListedShow, DatabaseError> {
    let unreadable = || DatabaseError::Unreadable(line.to_owned());
    let words: Vec<&str> = line.split(' ').collect();
    let [seconds, venue, lowest, highest, total, currency] = words[..] else { return Err(unreadable()) };
    let currency: Currency = currency.parse().map_err(DatabaseError::unreadable)?;
    let money = |amount: &str| Some(Money { amount: amount.parse().ok()?, currency: currency.clone() });
    let venue = venue.parse::<usize>().ok().and_then(|index| venues.get(index)).ok_or_else(unreadable)?;
    let starts_at = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(ListedShow {
        starts_at: starts_at.ok_or_else(unreadable)?,
        venue_name: venue.name.clone(),
        city: venue.city.clone(),
        zone: venue.zone.clone(),
        lowest: money(lowest).ok_or_else(unreadable)?,
        highest: money(highest).ok_or_else(unreadable)?,
        lowest_total: money(total).ok_or_else(unreadable)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{events, shows};

    #[test]
    fn an_entry_is_read_back_as_it_was_written() {
        let mut second = shows::tests::show(8, "2027-01-05T14:00:00Z");
        second.city = "Delhi".parse().unwrap();
        let listing = Listing::new(&events::tests::event(), &[second, shows::tests::show(7, "2026-12-01T14:00:00Z")]);
        let (month, first) = listing.months()[1];
        let item = listing_item(&listing, month, first).unwrap();
        assert_eq!(item["gsi1pk"].as_s().unwrap(), "LISTED#2027-01");
        assert_eq!(listing_from(item).unwrap(), listing);
    }

    #[test]
    fn a_position_is_a_month_and_a_place_in_it() {
        for good in ["2026-11", "2026-11-21T10:00:00Z#evt_0123456789abcdef"] {
            assert_eq!(good.parse::<ListPosition>().unwrap().to_string(), good);
        }
        for bad in ["", "2026", "2026-13-21", "übermorgen", "2026-11#\u{7}é", &"2026-11".repeat(9)] {
            assert!(bad.parse::<ListPosition>().is_err(), "{bad}");
        }
    }
}
