//! How many places are left: derived from the stream, one item a row, never counted on the selling path.

use crate::database::{DatabaseError, s, send_write};
use crate::{Store, key};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::block::Block;
use domain::claim::PlaceState;
use domain::id::ShowId;
use domain::seat::SectionCode;
use jiff::Timestamp;

/// What is left of a section, as the stream last told. Holds that lapse are noticed when they are freed or retaken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SectionCounts {
    /// Free places.
    pub available: u32,
    /// Held places.
    pub held: u32,
    /// Sold places.
    pub booked: u32,
}

impl Store {
    /// Pattern 41: notes how a block stands. Of messages in any order the newest version wins, and a repeat changes nothing.
    pub async fn note_availability(&self, show: &ShowId, block: &Block, now: Timestamp) -> Result<(), DatabaseError> {
        let count = |wanted| block.numbers().filter(|number| block.state(*number, now) == wanted).count();
        let (free, held, sold) = (count(PlaceState::Available), count(PlaceState::Held), count(PlaceState::Booked));
        // Ten digits of version first: plain string order tells newer from older.
        let line = format!("{:010} {free} {held} {sold}", block.version);
        let key = key::availability(show, &block.key.section, &block.key.row);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #block = :line")
            .condition_expression("attribute_not_exists(#block) OR #block < :line")
            .expression_attribute_names("#block", block.key.first.to_string())
            .expression_attribute_values(":line", s(line));
        send_write!(self.client, "note availability", UpdateItemError, request).map(|_| ())
    }

    /// Pattern 42: what is left of a section.
    pub async fn section_counts(&self, show: &ShowId, section: &SectionCode) -> Result<SectionCounts, DatabaseError> {
        let mut pages = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(key::availability_partition(show, section)))
            .into_paginator()
            .items()
            .send();
        let mut counts = SectionCounts::default();
        while let Some(row) = pages.next().await {
            let row = row.map_err(|error| DatabaseError::of("read availability", error))?;
            for (_, line) in row.iter().filter(|(name, _)| name.parse::<u16>().is_ok()) {
                let line = line.as_s().map_or("", String::as_str);
                let mut numbers = line.split(' ').skip(1).map(|number| number.parse::<u32>().unwrap_or(0));
                counts.available += numbers.next().unwrap_or(0);
                counts.held += numbers.next().unwrap_or(0);
                counts.booked += numbers.next().unwrap_or(0);
            }
        }
        Ok(counts)
    }
}
