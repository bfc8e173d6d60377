//! The block: up to 32 neighbouring places of one row, the unit of storage.

use crate::claim::{Claim, PlaceState};
use crate::layout::BLOCK_PLACES_MAX;
use crate::seat::{RowLabel, SeatId, SectionCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The version of a block that was only just made.
pub const FIRST_VERSION: u64 = 1;

/// Where a block is: its section, row and first number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockKey {
    /// The section.
    pub section: SectionCode,
    /// The row.
    pub row: RowLabel,
    /// The number of its first place: 1, 33, 65, …
    pub first: u16,
}

impl BlockKey {
    /// The block that stores this place.
    pub fn of(seat: &SeatId) -> Self {
        let first = (seat.number - 1) / BLOCK_PLACES_MAX * BLOCK_PLACES_MAX + 1;
        Self { section: seat.section.clone(), row: seat.row.clone(), first }
    }

    /// The place with this number of this block's row.
    pub fn seat(&self, number: u16) -> SeatId {
        SeatId { section: self.section.clone(), row: self.row.clone(), number }
    }
}

/// A block as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub key: BlockKey,
    /// How many places it has.
    pub size: u16,
    /// Claims by number; a place without one is free.
    pub claims: BTreeMap<u16, Claim>,
    /// Whether the show was cancelled: nothing more can be held or sold.
    pub closed: bool,
    /// Raised by every write, so that readers can tell old from new.
    pub version: u64,
}

impl Block {
    /// Whether nothing has happened to it since it was made.
    pub fn is_new(&self) -> bool {
        self.version == FIRST_VERSION
    }

    /// The numbers of its places.
    pub fn numbers(&self) -> std::ops::Range<u16> {
        self.key.first..self.key.first + self.size
    }

    /// What the place with this number is at `now`.
    pub fn state(&self, number: u16, now: Timestamp) -> PlaceState {
        let state = self.claims.get(&number).map_or(PlaceState::Available, |claim| claim.state(now));
        match state {
            PlaceState::Booked => PlaceState::Booked,
            _ if self.closed => PlaceState::Blocked,
            state => state,
        }
    }

    /// One letter per place, as the seat map shows them.
    pub fn states(&self, now: Timestamp) -> String {
        self.numbers().map(|number| self.state(number, now).letter()).collect()
    }

    /// Which of these numbers somebody else than `holder` has at `now`.
    pub fn taken(&self, numbers: &[u16], holder: &str, now: Timestamp) -> Vec<SeatId> {
        let theirs = |number: &&u16| {
            self.state(**number, now) != PlaceState::Available && self.claims.get(number).is_none_or(|claim| claim.holder() != holder)
        };
        numbers.iter().filter(theirs).map(|number| self.key.seat(*number)).collect()
    }
}
