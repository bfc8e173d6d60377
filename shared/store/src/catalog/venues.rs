//! Venues: a card for lists, and beside it the item with the whole layout, which only who sells places reads.

use super::{ListPage, Part};
use crate::database::{DatabaseError, Item, Write, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::id::{OrganizationId, VenueId};
use domain::layout::{Layout, Places, Row, Section};
use domain::region::RegionCode;
use domain::seat::{PriceLevel, SectionCode};
use domain::text::{Text, ZoneName};
use domain::venue::Venue;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A venue as lists show it: without its layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VenueCard {
    /// Key.
    pub venue: VenueId,
    /// What people call it.
    pub name: Text<1, 120>,
    /// Street and number.
    pub address: Text<1, 300>,
    /// Where it is.
    pub city: Text<1, 80>,
    /// In which region that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Where its clocks are.
    pub zone: ZoneName,
    /// What visitors find there.
    pub amenities: Vec<Text<1, 60>>,
    /// How many places it has.
    pub capacity: u32,
}

impl From<&Venue> for VenueCard {
    fn from(venue: &Venue) -> Self {
        Self {
            venue: venue.id.clone(),
            name: venue.name.clone(),
            address: venue.address.clone(),
            city: venue.city.clone(),
            region: venue.region.clone(),
            zone: venue.zone.clone(),
            amenities: venue.amenities.clone(),
            capacity: venue.layout.capacity(),
        }
    }
}

impl Store {
    /// Pattern 45: writes a venue, then the card by which it is listed. False if the identifier is in use.
    pub async fn create_venue(&self, venue: &Venue) -> Result<bool, DatabaseError> {
        let item = venue_item(venue)?;
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        let new = matches!(send_write!(self.client, "write a venue", PutItemError, request)?, Write::Done(_));

        // Written again if it is there: a call that was cut short in between is repeated.
        let mut card = record::to_item(&key::venue_card(&venue.id), &VenueCard::from(venue))?;
        let position = key::gsi_venue_position(venue.city.as_str(), venue.name.as_str(), &venue.id);
        card.extend(key::gsi(key::GSI_VENUES, position));
        let request = self.client.put_item().table_name(self.main()).set_item(Some(card)).condition_expression("attribute_not_exists(pk)");
        send_write!(self.client, "write a venue's card", PutItemError, request)?;
        Ok(new)
    }

    /// Pattern 43: a venue with its layout. Remembered for good: a layout never changes.
    pub async fn venue(&self, id: &VenueId) -> Result<Option<Arc<Venue>>, DatabaseError> {
        if let Some(venue) = self.cache.venue(id) {
            return Ok(Some(venue));
        }
        let Some(item) = self.get(self.main(), &key::venue(id)).await? else { return Ok(None) };
        let venue = Arc::new(venue_from(item)?);
        self.cache.keep_venue(venue.clone());
        Ok(Some(venue))
    }

    /// Pattern 46: venues by city and name, perhaps of one city only, however it is capitalized.
    pub async fn venues(&self, city: Option<&str>, after: Option<&str>, limit: u16) -> Result<ListPage<VenueCard>, DatabaseError> {
        // Behind every name; and right behind a position.
        const END: char = '\u{10FFFF}';
        const NEXT: char = '!';
        let prefix = city.map_or_else(|| NEXT.to_string(), key::gsi_city_prefix);
        let from = after.map_or(prefix.clone(), |after| format!("{after}{NEXT}").max(prefix.clone()));
        let to = if city.is_some() { format!("{prefix}{END}") } else { END.to_string() };
        if from > to {
            return Ok(ListPage { items: vec![], next: None });
        }
        let (items, more) = self.index_page("list venues", key::GSI_VENUES.to_owned(), Part::Between(from, to), limit).await?;
        let next = items.last().filter(|_| more).map(|(position, _)| position.clone());
        let items = items.into_iter().map(|(_, item)| record::from_item(item)).collect::<Result<_, _>>()?;
        Ok(ListPage { items, next })
    }
}

/// As it lies in the table.
#[derive(Serialize, Deserialize)]
struct VenueRecord {
    venue: VenueId,
    organization: OrganizationId,
    name: Text<1, 120>,
    address: Text<1, 300>,
    city: Text<1, 80>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<RegionCode>,
    zone: ZoneName,
    amenities: Vec<Text<1, 60>>,
    sections: Vec<SectionRecord>,
    created_at: Timestamp,
}

/// A section with its rows as `A:10 B C:12`: a row without a number has as many seats as the row before.
#[derive(Serialize, Deserialize)]
struct SectionRecord {
    c: SectionCode,
    n: Text<1, 80>,
    l: PriceLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<u16>,
}

fn venue_item(venue: &Venue) -> Result<Item, DatabaseError> {
    let sections = venue.layout.sections().iter().map(|section| {
        let (r, standing) = match &section.places {
            Places::Seated(rows) => (Some(spelled_rows(rows)), None),
            Places::Standing(capacity) => (None, Some(*capacity)),
        };
        SectionRecord { c: section.code.clone(), n: section.name.clone(), l: section.level.clone(), r, standing }
    });
    let record = VenueRecord {
        venue: venue.id.clone(),
        organization: venue.organization.clone(),
        name: venue.name.clone(),
        address: venue.address.clone(),
        city: venue.city.clone(),
        region: venue.region.clone(),
        zone: venue.zone.clone(),
        amenities: venue.amenities.clone(),
        sections: sections.collect(),
        created_at: venue.created_at,
    };
    record::to_item(&key::venue(&venue.id), &record)
}

fn venue_from(item: Item) -> Result<Venue, DatabaseError> {
    let record: VenueRecord = record::from_item(item)?;
    let sections = record.sections.into_iter().map(|section| {
        let places = match (section.r, section.standing) {
            (Some(rows), None) => Places::Seated(rows_from(&rows)?),
            (None, Some(capacity)) => Places::Standing(capacity),
            (Some(_), Some(_)) | (None, None) => return Err(DatabaseError::Unreadable(section.c.to_string())),
        };
        Ok(Section { code: section.c, name: section.n, places, level: section.l })
    });
    Ok(Venue {
        id: record.venue,
        organization: record.organization,
        name: record.name,
        address: record.address,
        city: record.city,
        region: record.region,
        zone: record.zone,
        amenities: record.amenities,
        layout: Layout::new(sections.collect::<Result<_, _>>()?).map_err(DatabaseError::unreadable)?,
        created_at: record.created_at,
    })
}

fn spelled_rows(rows: &[Row]) -> String {
    let mut before = 0;
    let mut spell = |row: &Row| {
        let same = row.seats == before;
        before = row.seats;
        if same { row.label.to_string() } else { format!("{}:{}", row.label, row.seats) }
    };
    rows.iter().map(&mut spell).collect::<Vec<_>>().join(" ")
}

fn rows_from(text: &str) -> Result<Vec<Row>, DatabaseError> {
    let mut seats = 0;
    text.split(' ')
        .map(|word| {
            let (label, number) = word.split_once(':').map_or((word, None), |(label, number)| (label, Some(number)));
            if let Some(number) = number {
                seats = number.parse().map_err(DatabaseError::unreadable)?;
            }
            Ok(Row { label: label.parse().map_err(DatabaseError::unreadable)?, seats })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::ID_ENTROPY_BYTES;
    use domain::layout::{ROWS_MAX, SECTIONS_MAX, VENUE_PLACES_MAX};

    fn venue(sections: Vec<Section>) -> Venue {
        Venue {
            id: VenueId::from_entropy([1; ID_ENTROPY_BYTES]),
            organization: OrganizationId::from_entropy([2; ID_ENTROPY_BYTES]),
            name: "Royal Hall".parse().unwrap(),
            address: "1 Main Road".parse().unwrap(),
            city: "Mumbai".parse().unwrap(),
            region: Some("IN-MH".parse().unwrap()),
            zone: "Asia/Kolkata".parse().unwrap(),
            amenities: vec!["Parking".parse().unwrap()],
            layout: Layout::new(sections).unwrap(),
            created_at: Timestamp::from_second(1_800_000_000).unwrap(),
        }
    }

    fn section(code: &str, places: Places) -> Section {
        Section { code: code.parse().unwrap(), name: "Stalls".parse().unwrap(), places, level: "STD".parse().unwrap() }
    }

    fn row(label: &str, seats: u16) -> Row {
        Row { label: label.parse().unwrap(), seats }
    }

    #[test]
    fn a_venue_is_read_back_as_it_was_written() {
        let rows = vec![row("A", 10), row("B", 10), row("C", 12), row("1", 10)];
        let venue = venue(vec![section("S", Places::Seated(rows)), section("PIT", Places::Standing(500))]);
        let item = venue_item(&venue).unwrap();
        let SectionRecord { r, .. } = record::from_item::<VenueRecord>(item.clone()).unwrap().sections.remove(0);
        assert_eq!(r.as_deref(), Some("A:10 B C:12 1:10"));
        assert_eq!(venue_from(item).unwrap(), venue);
    }

    #[test]
    fn the_largest_layout_fits_into_one_item() {
        let rows = |seats: [u16; 2]| (0..ROWS_MAX).map(|i| row(&format!("R{i:03}"), seats[i % 2])).collect();
        let mut sections: Vec<Section> =
            (0..SECTIONS_MAX).map(|i| section(&format!("SECTION{i:05}"), Places::Seated(rows([2, 3])))).collect();
        for section in &mut sections {
            section.name = "\u{0905}".repeat(80).parse().unwrap();
            section.level = "ABCDEFGHIJKLMNOP".parse().unwrap();
        }
        let venue = venue(sections);
        assert!(venue.layout.capacity() < VENUE_PLACES_MAX);
        let bytes = serde_json::to_vec(&record::from_item::<serde_json::Value>(venue_item(&venue).unwrap()).unwrap()).unwrap().len();
        assert!(bytes < 390_000, "{bytes}");
    }
}
