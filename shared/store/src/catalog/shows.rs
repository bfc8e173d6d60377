//! Shows: one item each. How their places stand is in their blocks.

use super::Part;
use crate::database::{CONFLICT_RETRIES_MAX, DatabaseError, Item, pause};
use crate::{Store, key, record};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::block::Block;
use domain::event::SHOWS_MAX;
use domain::id::{EventId, OrganizationId, ShowId, VenueId};
use domain::layout::Layout;
use domain::money::{BasisPoints, Currency, Money};
use domain::quote::Charges;
use domain::refund::RefundTerms;
use domain::seat::PriceLevel;
use domain::show::{Show, ShowStatus};
use domain::text::{Text, ZoneName};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sections of a seat map that are read at the same time.
const SECTIONS_AT_ONCE: usize = 16;
/// One batch of reads takes so many keys.
const BATCH_MAX: usize = 100;

const _: () = assert!(SHOWS_MAX <= BATCH_MAX);

impl Store {
    /// Pattern 44: a show. Remembered for a second once it is published: who writes relies on the blocks' own conditions.
    pub async fn show(&self, id: &ShowId, now: Timestamp) -> Result<Option<Arc<Show>>, DatabaseError> {
        if let Some(show) = self.cache.show(id, now) {
            return Ok(Some(show));
        }
        let Some(item) = self.get(self.main(), &key::show(id)).await? else { return Ok(None) };
        let show = Arc::new(show_from(item)?);
        if show.is_public() {
            self.cache.keep_show(show.clone(), now);
        }
        Ok(Some(show))
    }

    /// Pattern 54: the shows of an event by date, as the index has them: for readers.
    pub async fn shows_of(&self, event: &EventId) -> Result<Vec<Show>, DatabaseError> {
        let shows = u16::try_from(SHOWS_MAX).unwrap_or(u16::MAX);
        let part = Part::After(super::BEFORE_ALL.to_owned());
        let (items, _) = self.index_page("list an event's shows", key::gsi_event_shows(event), part, shows).await?;
        items.into_iter().map(|(_, item)| show_from(item)).collect()
    }

    /// Pattern 55: these shows, strongly consistent and in this order: for who writes.
    pub async fn shows_by_id(&self, ids: &[ShowId]) -> Result<Vec<Show>, DatabaseError> {
        let operation = "read shows";
        let keys =
            |keys| KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build().map_err(DatabaseError::unreadable);
        let mut wanted: Vec<Item> = ids.iter().map(|id| key::show(id).attributes()).collect();
        let mut found: BTreeMap<ShowId, Show> = BTreeMap::new();
        for attempt in 0..=CONFLICT_RETRIES_MAX {
            if wanted.is_empty() {
                break;
            } else if attempt > 0 {
                pause(&self.client, attempt - 1).await;
            }
            let request = self.client.batch_get_item().request_items(self.main(), keys(wanted)?);
            let output = request.send().await.map_err(|error| DatabaseError::of(operation, error))?;
            for item in output.responses.unwrap_or_default().into_values().flatten() {
                let show = show_from(item)?;
                found.insert(show.id.clone(), show);
            }
            // A busy table answers a part and leaves the rest for another request.
            wanted = output.unprocessed_keys.unwrap_or_default().into_values().flat_map(|rest| rest.keys).collect();
        }
        let all: Vec<Show> = ids.iter().filter_map(|id| found.remove(id)).collect();
        if all.len() == ids.len() { Ok(all) } else { Err(DatabaseError::Contended { operation }) }
    }

    /// Pattern 7, once for each section, several at a time: the blocks of a whole show, sections in the layout's order.
    pub async fn blocks_of_show(&self, show: &ShowId, layout: &Layout) -> Result<Vec<Vec<Block>>, DatabaseError> {
        let sections: Vec<_> = layout.sections().iter().map(|section| section.code.clone()).collect();
        let read = |section| async move { self.blocks_of_section(show, &section).await };
        stream::iter(sections).map(read).buffered(SECTIONS_AT_ONCE).try_collect().await
    }

    /// Pattern 42, once for each section, several at a time: what is left of a whole show.
    pub async fn counts_of_show(&self, show: &ShowId, layout: &Layout) -> Result<Vec<crate::SectionCounts>, DatabaseError> {
        let sections: Vec<_> = layout.sections().iter().map(|section| section.code.clone()).collect();
        let read = |section| async move { self.section_counts(show, &section).await };
        stream::iter(sections).map(read).buffered(SECTIONS_AT_ONCE).try_collect().await
    }
}

/// As it lies in the table. Prices are amounts by level in one currency.
#[derive(Serialize, Deserialize)]
struct ShowRecord {
    show: ShowId,
    event: EventId,
    title: Text<1, 200>,
    organization: OrganizationId,
    venue: VenueId,
    venue_name: Text<1, 120>,
    city: Text<1, 80>,
    zone: ZoneName,
    starts_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    sales_open_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sales_close_at: Option<Timestamp>,
    currency: Option<Currency>,
    prices: BTreeMap<PriceLevel, i64>,
    seat_limit: u8,
    hold_seconds: u32,
    fee_rate: BasisPoints,
    tax_rate: BasisPoints,
    #[serde(default)]
    refund_terms: RefundTerms,
    status: ShowStatus,
}

pub(super) fn show_item(show: &Show) -> Result<Item, DatabaseError> {
    let record = ShowRecord {
        show: show.id.clone(),
        event: show.event.clone(),
        title: show.title.clone(),
        organization: show.organization.clone(),
        venue: show.venue.clone(),
        venue_name: show.venue_name.clone(),
        city: show.city.clone(),
        zone: show.zone.clone(),
        starts_at: show.starts_at,
        sales_open_at: show.sales_open_at,
        sales_close_at: show.sales_close_at,
        currency: show.prices.values().next().map(|price| price.currency.clone()),
        prices: show.prices.iter().map(|(level, price)| (level.clone(), price.amount)).collect(),
        seat_limit: show.seat_limit,
        hold_seconds: show.hold_seconds,
        fee_rate: show.charges.fee_rate,
        tax_rate: show.charges.tax_rate,
        refund_terms: show.refund_terms.clone(),
        status: show.status,
    };
    let mut item = record::to_item(&key::show(&show.id), &record)?;
    item.extend(key::gsi(key::gsi_event_shows(&show.event), key::gsi_moment_position(show.starts_at, show.id.as_str())));
    Ok(item)
}

fn show_from(item: Item) -> Result<Show, DatabaseError> {
    let record: ShowRecord = record::from_item(item)?;
    let currency = record.currency.ok_or_else(|| DatabaseError::Unreadable("currency".to_owned()))?;
    let price = |amount| Money { amount, currency: currency.clone() };
    Ok(Show {
        id: record.show,
        event: record.event,
        title: record.title,
        organization: record.organization,
        venue: record.venue,
        venue_name: record.venue_name,
        city: record.city,
        zone: record.zone,
        starts_at: record.starts_at,
        sales_open_at: record.sales_open_at,
        sales_close_at: record.sales_close_at,
        prices: record.prices.into_iter().map(|(level, amount)| (level, price(amount))).collect(),
        seat_limit: record.seat_limit,
        hold_seconds: record.hold_seconds,
        charges: Charges { fee_rate: record.fee_rate, tax_rate: record.tax_rate },
        refund_terms: record.refund_terms,
        status: record.status,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::id::ID_ENTROPY_BYTES;

    pub(crate) fn show(number: u8, starts_at: &str) -> Show {
        let price = |amount| Money { amount, currency: "INR".parse().unwrap() };
        Show {
            id: ShowId::from_entropy([number; ID_ENTROPY_BYTES]),
            event: EventId::from_entropy([1; ID_ENTROPY_BYTES]),
            title: "A play".parse().unwrap(),
            organization: OrganizationId::from_entropy([2; ID_ENTROPY_BYTES]),
            venue: VenueId::from_entropy([3; ID_ENTROPY_BYTES]),
            venue_name: "Royal Hall".parse().unwrap(),
            city: "Mumbai".parse().unwrap(),
            zone: "Asia/Kolkata".parse().unwrap(),
            starts_at: starts_at.parse().unwrap(),
            sales_open_at: None,
            sales_close_at: Some("2026-11-30T10:00:00Z".parse().unwrap()),
            prices: [("STD".parse().unwrap(), price(50_000)), ("VIP".parse().unwrap(), price(0))].into(),
            seat_limit: 6,
            hold_seconds: 600,
            charges: Charges::default(),
            refund_terms: RefundTerms::default(),
            status: ShowStatus::Draft,
        }
    }

    #[test]
    fn a_show_is_read_back_as_it_was_written() {
        let show = show(7, "2026-12-01T14:00:00Z");
        let item = show_item(&show).unwrap();
        assert_eq!(item["gsi1sk"].as_s().unwrap(), &format!("2026-12-01T14:00:00Z#{}", show.id));
        assert_eq!(show_from(item).unwrap(), show);
    }
}
