//! The places of a venue: sections, rows, numbers, and the blocks in which they are stored.

use crate::block::BlockKey;
use crate::seat::{PriceLevel, RowLabel, SEAT_NUMBER_MAX, SeatId, SectionCode};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Places per block: a full block of 32 claims is about 920 bytes, so that every write costs one unit.
pub const BLOCK_PLACES_MAX: u16 = 32;
/// Sections per venue.
pub const SECTIONS_MAX: usize = 200;
/// Rows per section.
pub const ROWS_MAX: usize = 200;
/// Seats per row.
pub const ROW_SEATS_MAX: u16 = 500;
/// Places of one standing area.
pub const STANDING_CAPACITY_MAX: u16 = 20_000;
/// Places of one venue.
pub const VENUE_PLACES_MAX: u32 = 120_000;

const _: () = assert!(ROW_SEATS_MAX <= SEAT_NUMBER_MAX && STANDING_CAPACITY_MAX <= SEAT_NUMBER_MAX);

/// One row of seats, numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Unique within its section.
    pub label: RowLabel,
    /// How many seats it has.
    #[schema(minimum = 1, maximum = 500)]
    pub seats: u16,
}

/// Whether people sit or stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// Rows, front to back.
    Seated(Vec<Row>),
    /// A number of places without labels.
    Standing(u16),
}

/// A part of a venue whose places share a price level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Unique within the venue.
    pub code: SectionCode,
    /// What people call it.
    pub name: Text<1, 80>,
    /// Its places.
    pub places: Places,
    /// What they cost, by name.
    pub level: PriceLevel,
}

/// All places of a venue, sections in order from the focal point outwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    sections: Vec<Section>,
}

/// Why sections do not make a layout. Each names the section by its index.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// None, or too many.
    #[error("must have 1 to {SECTIONS_MAX} sections")]
    SectionCount,
    /// Two sections share a code.
    #[error("the section code {1} is used twice")]
    DuplicateSection(usize, SectionCode),
    /// No rows, or too many.
    #[error("must have 1 to {ROWS_MAX} rows")]
    RowCount(usize),
    /// Two rows share a label.
    #[error("the row {1} is used twice")]
    DuplicateRow(usize, RowLabel),
    /// A row without seats, or with too many.
    #[error("row {1} must have 1 to {ROW_SEATS_MAX} seats")]
    RowSeats(usize, RowLabel),
    /// A standing area without places, or with too many.
    #[error("must have a capacity of 1 to {STANDING_CAPACITY_MAX}")]
    Capacity(usize),
    /// More places than a venue may have.
    #[error("must not have more than {VENUE_PLACES_MAX} places")]
    TooManyPlaces,
}

impl LayoutError {
    /// The index of the section at fault, where one is.
    pub fn section_index(&self) -> Option<usize> {
        match self {
            Self::SectionCount | Self::TooManyPlaces => None,
            Self::DuplicateSection(i, _) | Self::RowCount(i) | Self::DuplicateRow(i, _) | Self::RowSeats(i, _) | Self::Capacity(i) => {
                Some(*i)
            }
        }
    }
}

impl Section {
    /// Rows with their number of places; a standing area has one.
    pub fn rows(&self) -> Vec<(RowLabel, u16)> {
        match &self.places {
            Places::Seated(rows) => rows.iter().map(|row| (row.label.clone(), row.seats)).collect(),
            Places::Standing(capacity) => vec![(RowLabel::standing(), *capacity)],
        }
    }

    /// How many places it has.
    pub fn capacity(&self) -> u32 {
        self.rows().iter().map(|(_, seats)| u32::from(*seats)).sum()
    }

    /// Whether its places are sold by quantity.
    pub fn is_standing(&self) -> bool {
        matches!(self.places, Places::Standing(_))
    }

    /// Its blocks with their number of places, in key order within each row.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockKey, u16)> + '_ {
        self.rows().into_iter().flat_map(move |(row, seats)| {
            (0..seats.div_ceil(BLOCK_PLACES_MAX)).map(move |i| {
                let first = i * BLOCK_PLACES_MAX + 1;
                let key = BlockKey { section: self.code.clone(), row: row.clone(), first };
                (key, BLOCK_PLACES_MAX.min(seats - first + 1))
            })
        })
    }
}

impl Layout {
    /// Checks the sections against each other and against the limits.
    pub fn new(sections: Vec<Section>) -> Result<Self, LayoutError> {
        if sections.is_empty() || sections.len() > SECTIONS_MAX {
            return Err(LayoutError::SectionCount);
        }
        let mut codes = BTreeSet::new();
        for (i, section) in sections.iter().enumerate() {
            if !codes.insert(&section.code) {
                return Err(LayoutError::DuplicateSection(i, section.code.clone()));
            }
            match &section.places {
                Places::Seated(rows) => check_rows(i, rows)?,
                Places::Standing(capacity) if (1..=STANDING_CAPACITY_MAX).contains(capacity) => {}
                Places::Standing(_) => return Err(LayoutError::Capacity(i)),
            }
        }
        let layout = Self { sections };
        if layout.capacity() > VENUE_PLACES_MAX { Err(LayoutError::TooManyPlaces) } else { Ok(layout) }
    }

    /// The sections, from the focal point outwards.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section with this code.
    pub fn section(&self, code: &SectionCode) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == *code)
    }

    /// How many places there are.
    pub fn capacity(&self) -> u32 {
        self.sections.iter().map(Section::capacity).sum()
    }

    /// The price levels in use.
    pub fn levels(&self) -> BTreeSet<PriceLevel> {
        self.sections.iter().map(|section| section.level.clone()).collect()
    }

    /// Every block of the venue with its number of places.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockKey, u16)> + '_ {
        self.sections.iter().flat_map(Section::blocks)
    }

    /// The price level of a place, if there is such a place.
    pub fn level_of(&self, seat: &SeatId) -> Option<&PriceLevel> {
        let section = self.section(&seat.section)?;
        let seats = section.rows().into_iter().find(|(row, _)| *row == seat.row)?.1;
        (1..=seats).contains(&seat.number).then_some(&section.level)
    }
}

fn check_rows(index: usize, rows: &[Row]) -> Result<(), LayoutError> {
    if rows.is_empty() || rows.len() > ROWS_MAX {
        return Err(LayoutError::RowCount(index));
    }
    let mut labels = BTreeSet::new();
    for row in rows {
        if !labels.insert(&row.label) {
            return Err(LayoutError::DuplicateRow(index, row.label.clone()));
        }
        if row.seats == 0 || row.seats > ROW_SEATS_MAX {
            return Err(LayoutError::RowSeats(index, row.label.clone()));
        }
    }
    Ok(())
}

/// Sorts places into the blocks that store them, in key order: the order in which a hold claims them.
pub fn by_block<'a>(seats: impl IntoIterator<Item = &'a SeatId>) -> BTreeMap<BlockKey, Vec<u16>> {
    let mut blocks: BTreeMap<BlockKey, Vec<u16>> = BTreeMap::new();
    for seat in seats {
        blocks.entry(BlockKey::of(seat)).or_default().push(seat.number);
    }
    for numbers in blocks.values_mut() {
        numbers.sort_unstable();
    }
    blocks
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn seated(code: &str, rows: &[(&str, u16)], level: &str) -> Section {
        Section {
            code: code.parse().unwrap(),
            name: code.parse().unwrap(),
            places: Places::Seated(rows.iter().map(|(label, seats)| Row { label: label.parse().unwrap(), seats: *seats }).collect()),
            level: level.parse().unwrap(),
        }
    }

    #[test]
    fn blocks_cover_every_place_once() {
        let layout = Layout::new(vec![seated("A", &[("A", 1), ("B", 32), ("C", 33), ("D", 500)], "X")]).unwrap();
        let places: u32 = layout.blocks().map(|(_, seats)| u32::from(seats)).sum();
        assert_eq!(places, layout.capacity());
        for (key, seats) in layout.blocks() {
            for number in key.first..key.first + seats {
                let seat = SeatId { section: key.section.clone(), row: key.row.clone(), number };
                assert_eq!(BlockKey::of(&seat), key);
                assert!(layout.level_of(&seat).is_some());
            }
        }
    }

    #[test]
    fn sections_that_contradict_each_other_are_refused() {
        assert_eq!(Layout::new(vec![]), Err(LayoutError::SectionCount));
        let twice = vec![seated("A", &[("A", 1)], "X"), seated("A", &[("A", 1)], "X")];
        assert!(matches!(Layout::new(twice), Err(LayoutError::DuplicateSection(1, _))));
        assert!(matches!(Layout::new(vec![seated("A", &[("A", 1), ("A", 2)], "X")]), Err(LayoutError::DuplicateRow(0, _))));
        assert!(matches!(Layout::new(vec![seated("A", &[("A", 0)], "X")]), Err(LayoutError::RowSeats(0, _))));
        assert!(matches!(Layout::new(vec![seated("A", &[], "X")]), Err(LayoutError::RowCount(0))));
        let huge: Vec<(String, u16)> = (0..200).map(|i| (format!("R{i}"), 500)).collect();
        let rows: Vec<(&str, u16)> = huge.iter().map(|(label, seats)| (label.as_str(), *seats)).collect();
        let two = vec![seated("A", &rows, "X"), seated("B", &rows, "X")];
        assert_eq!(Layout::new(two), Err(LayoutError::TooManyPlaces));
    }
}
