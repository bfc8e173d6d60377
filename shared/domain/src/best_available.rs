//! Best available: which places to offer somebody who asks for a number of them.
//!
//! Nearest section first: neighbours in one row that leave no single seat behind → neighbours that do → split over the
//! rows of one section → the same in the other sections of the price level → split over sections. The same state gives
//! the same answer; only after a refusal does the holder's own number choose among the next best, so that a crowd that
//! was refused together does not collide again.

use crate::block::Block;
use crate::claim::PlaceState;
use crate::layout::{Layout, Section};
use crate::seat::{PriceLevel, RowLabel, SeatId, SectionCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How often a refused choice is tried again with what the refusal taught us.
pub const ATTEMPTS_MAX: u32 = 8;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// How many places.
    pub quantity: u16,
    /// In which section first, if they care.
    pub section: Option<SectionCode>,
    /// At which price level, if they care.
    pub level: Option<PriceLevel>,
    /// Neighbours or nothing.
    pub together: bool,
    /// At the end of a row if there is such a choice.
    pub aisle: bool,
    /// Tells people apart who were refused together; any number that is theirs.
    pub spread: u64,
    /// How often they were refused.
    pub attempt: u32,
}

/// Blocks that were read, by section.
pub type Loaded = BTreeMap<SectionCode, Vec<Block>>;

/// What the search needs or found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// Read this section's blocks and ask again.
    Load(SectionCode),
    /// These.
    Found(Vec<SeatId>),
    /// There is nothing that fits.
    Nothing,
}

/// Searches as far as the loaded sections allow.
pub fn search(layout: &Layout, wish: &Wish, loaded: &Loaded, now: Timestamp) -> Search {
    for group in groups(layout, wish) {
        match search_group(&group, wish, loaded, now) {
            Search::Nothing => {}
            answer => return answer,
        }
    }
    if wish.together {
        return Search::Nothing;
    }
    let all: Vec<&Section> = groups(layout, wish).into_iter().flatten().collect();
    let rows: Vec<FreeRow> = all.iter().flat_map(|section| free_rows(section, loaded, now)).collect();
    split(&rows, wish)
}

/// The asked-for section alone, then its price level's others; or all sections of the level at once.
fn groups<'a>(layout: &'a Layout, wish: &Wish) -> Vec<Vec<&'a Section>> {
    let of_level = |level: PriceLevel| layout.sections().iter().filter(move |section| section.level == level);
    match (&wish.section, &wish.level) {
        (Some(code), level) => match layout.section(code) {
            Some(asked) if level.as_ref().is_none_or(|level| asked.level == *level) => {
                vec![vec![asked], of_level(asked.level.clone()).filter(|section| section.code != *code).collect()]
            }
            Some(_) | None => vec![],
        },
        (None, Some(level)) => vec![of_level(level.clone()).collect()],
        (None, None) => vec![layout.sections().iter().collect()],
    }
}

fn search_group(group: &[&Section], wish: &Wish, loaded: &Loaded, now: Timestamp) -> Search {
    let mut rows_by_section = Vec::with_capacity(group.len());
    for section in group {
        if !loaded.contains_key(&section.code) {
            return Search::Load(section.code.clone());
        }
        let rows = free_rows(section, loaded, now);
        let clean = if section.is_standing() { standing(&rows, wish) } else { adjacent(&rows, wish, Orphans::Refused) };
        if let Some(seats) = clean {
            return Search::Found(seats);
        }
        rows_by_section.push((section, rows));
    }
    let orphaning = rows_by_section.iter().filter(|(section, _)| !section.is_standing());
    if let Some(seats) = orphaning.clone().find_map(|(_, rows)| adjacent(rows, wish, Orphans::Allowed)) {
        return Search::Found(seats);
    }
    if wish.together {
        return Search::Nothing;
    }
    for (_, rows) in &rows_by_section {
        match split(rows, wish) {
            Search::Found(seats) => return Search::Found(seats),
            Search::Load(_) | Search::Nothing => {}
        }
    }
    Search::Nothing
}

/// Which places of one row are free.
struct FreeRow {
    section: SectionCode,
    row: RowLabel,
    /// Rows between it and the focal point.
    depth: i64,
    /// Index 0 is number 1.
    free: Vec<bool>,
}

fn free_rows(section: &Section, loaded: &Loaded, now: Timestamp) -> Vec<FreeRow> {
    let blocks = loaded.get(&section.code).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<FreeRow> = (0..)
        .zip(section.rows())
        .map(|(depth, (row, seats))| FreeRow { section: section.code.clone(), row, depth, free: vec![false; usize::from(seats)] })
        .collect();
    let index: BTreeMap<RowLabel, usize> = rows.iter().enumerate().map(|(i, row)| (row.row.clone(), i)).collect();
    for block in blocks {
        let Some(row) = index.get(&block.key.row).map(|i| &mut rows[*i]) else { continue };
        for number in block.numbers() {
            if let Some(free) = row.free.get_mut(usize::from(number) - 1) {
                *free = block.state(number, now) == PlaceState::Available;
            }
        }
    }
    rows
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Orphans {
    Refused,
    Allowed,
}

impl FreeRow {
    fn seat(&self, index: usize) -> SeatId {
        let number = u16::try_from(index + 1).expect("a row's length is a u16");
        SeatId { section: self.section.clone(), row: self.row.clone(), number }
    }

    /// Squared distance from the focal point, which lies before the middle of the first row, in half seats.
    fn distance(&self, index: usize) -> i64 {
        let across = 2 * i64::try_from(index).unwrap_or(i64::MAX / 4) + 1 - i64::try_from(self.free.len()).unwrap_or(0);
        let deep = 2 * (self.depth + 1);
        across * across + deep * deep
    }

    /// Whether taking these places leaves one free place alone between others or at the end of the row.
    fn orphans(&self, start: usize, length: usize) -> bool {
        let is_free = |index: Option<usize>| index.is_some_and(|i| self.free.get(i).copied().unwrap_or(false));
        let left = is_free(start.checked_sub(1)) && !is_free(start.checked_sub(2));
        let right = is_free(Some(start + length)) && !is_free(Some(start + length + 1));
        left || right
    }

    fn at_aisle(&self, start: usize, length: usize) -> bool {
        start == 0 || start + length == self.free.len()
    }
}

/// The nearest neighbours of one row.
fn adjacent(rows: &[FreeRow], wish: &Wish, orphans: Orphans) -> Option<Vec<SeatId>> {
    let length = usize::from(wish.quantity);
    let mut choices: Vec<(bool, i64, usize, usize)> = Vec::new();
    for (row_index, row) in rows.iter().enumerate() {
        for start in 0..(row.free.len() + 1).saturating_sub(length) {
            let fits = row.free[start..start + length].iter().all(|free| *free);
            if fits && (orphans == Orphans::Allowed || !row.orphans(start, length)) {
                let distance = (start..start + length).map(|i| row.distance(i)).sum();
                choices.push((wish.aisle && !row.at_aisle(start, length), distance, row_index, start));
            }
        }
    }
    choices.sort_unstable();
    let (_, _, row, start) = *choices.get(pick(wish, choices.len()))?;
    Some((start..start + length).map(|i| rows[row].seat(i)).collect())
}

/// Any places of a standing area, from a place of the holder's own onwards so that a crowd spreads over its blocks.
fn standing(rows: &[FreeRow], wish: &Wish) -> Option<Vec<SeatId>> {
    let row = rows.first()?;
    let block = usize::from(crate::layout::BLOCK_PLACES_MAX);
    let blocks = row.free.len().div_ceil(block);
    let first = usize::try_from(mixed(wish) % blocks.max(1) as u64).unwrap_or(0);
    let mut seats = Vec::new();
    for i in 0..blocks {
        let start = (first + i) % blocks * block;
        let free = (start..row.free.len().min(start + block)).filter(|i| row.free[*i]).map(|i| row.seat(i));
        let mut in_block: Vec<SeatId> = free.take(usize::from(wish.quantity)).collect();
        if in_block.len() == usize::from(wish.quantity) {
            return Some(in_block);
        }
        seats.append(&mut in_block);
    }
    seats.truncate(usize::from(wish.quantity));
    (seats.len() == usize::from(wish.quantity)).then_some(seats)
}

/// The nearest free places, whoever sits between them.
fn split(rows: &[FreeRow], wish: &Wish) -> Search {
    let mut choices: Vec<(i64, usize, usize)> = Vec::new();
    for (row_index, row) in rows.iter().enumerate() {
        choices.extend(row.free.iter().enumerate().filter(|(_, free)| **free).map(|(i, _)| (row.distance(i), row_index, i)));
    }
    let quantity = usize::from(wish.quantity);
    if choices.len() < quantity {
        return Search::Nothing;
    }
    choices.sort_unstable();
    let start = pick(wish, choices.len() - quantity + 1);
    Search::Found(choices[start..start + quantity].iter().map(|(_, row, i)| rows[*row].seat(*i)).collect())
}

/// The best choice at first; after each refusal one of twice as many.
fn pick(wish: &Wish, choices: usize) -> usize {
    if wish.attempt == 0 || choices == 0 {
        return 0;
    }
    let among = choices.min(2 << wish.attempt.min(10)) as u64;
    usize::try_from(mixed(wish) % among).unwrap_or(0)
}

fn mixed(wish: &Wish) -> u64 {
    // SplitMix64's finalizer: every bit of the holder's number and the attempt reaches the low bits.
    let mut x = wish.spread.wrapping_add(u64::from(wish.attempt).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Claim;
    use crate::id::HoldId;
    use crate::layout::tests::seated;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn wish(quantity: u16) -> Wish {
        Wish { quantity, section: None, level: None, together: false, aisle: false, spread: 7, attempt: 0 }
    }

    /// One section per text, one row per line; `.` is free, anything else is sold.
    fn hall(sections: &[(&str, &str, &[&str])]) -> (Layout, Loaded) {
        let holder = HoldId::from_entropy([1; 10]).holder();
        let mut loaded = Loaded::new();
        let mut described = Vec::new();
        for (code, level, rows) in sections {
            let labels: Vec<String> = (b'A'..).take(rows.len()).map(|b| char::from(b).to_string()).collect();
            let lengths: Vec<(&str, u16)> = labels.iter().zip(*rows).map(|(l, r)| (l.as_str(), u16::try_from(r.len()).unwrap())).collect();
            let section = seated(code, &lengths, level);
            let blocks = section.blocks().map(|(key, size)| {
                let row = rows[usize::from(key.row.as_str().as_bytes()[0] - b'A')].as_bytes();
                let taken = (key.first..key.first + size).filter(|n| row[usize::from(*n) - 1] != b'.');
                Block { key: key.clone(), size, claims: taken.map(|n| (n, Claim::sold(&holder))).collect(), closed: false, version: 1 }
            });
            loaded.insert(section.code.clone(), blocks.collect());
            described.push(section);
        }
        (Layout::new(described).unwrap(), loaded)
    }

    fn found(sections: &[(&str, &str, &[&str])], wish: &Wish) -> Vec<String> {
        let (layout, loaded) = hall(sections);
        match search(&layout, wish, &loaded, now()) {
            Search::Found(seats) => seats.iter().map(ToString::to_string).collect(),
            Search::Nothing => vec![],
            Search::Load(section) => panic!("{section} is loaded"),
        }
    }

    #[test]
    fn the_middle_of_the_front_row_is_best() {
        assert_eq!(found(&[("S", "X", &["........", "........"])], &wish(2)), ["S-A-4", "S-A-5"]);
    }

    #[test]
    fn a_single_seat_is_not_left_behind_while_there_is_another_choice() {
        // Taking 2 of the 3 free seats in front would leave one alone.
        assert_eq!(found(&[("S", "X", &["##...##", "......."])], &wish(2)), ["S-B-3", "S-B-4"]);
        assert_eq!(found(&[("S", "X", &["##...##", "#######"])], &wish(2)).len(), 2);
    }

    #[test]
    fn a_group_that_fits_no_row_is_split_over_the_rows_of_one_section() {
        let seats = found(
            &[("S", "X", &["##..##", "##..##"]), ("T", "Y", &["#.....", "######"])],
            &Wish { level: Some("X".parse().unwrap()), ..wish(4) },
        );
        assert_eq!(seats, ["S-A-3", "S-A-4", "S-B-3", "S-B-4"]);
        let together = Wish { level: Some("X".parse().unwrap()), together: true, ..wish(4) };
        assert!(found(&[("S", "X", &["##..##", "##..##"]), ("T", "Y", &["......"])], &together).is_empty());
    }

    #[test]
    fn a_full_section_gives_way_to_others_of_its_price_level_only() {
        let asked = Wish { section: Some("S".parse().unwrap()), ..wish(2) };
        assert_eq!(found(&[("S", "X", &["#####"]), ("T", "Y", &["....."]), ("U", "X", &["....."])], &asked), ["U-A-1", "U-A-2"]);
        assert!(found(&[("S", "X", &["#####"]), ("T", "Y", &["....."])], &asked).is_empty());
    }

    #[test]
    fn people_who_were_refused_together_try_different_places() {
        let hall: &[(&str, &str, &[&str])] = &[("S", "X", &["....................", "...................."])];
        let answers: std::collections::BTreeSet<Vec<String>> =
            (0..40).map(|spread| found(hall, &Wish { spread, attempt: 3, ..wish(2) })).collect();
        assert!(answers.len() > 5, "{}", answers.len());
    }

    proptest! {
        #[test]
        fn what_is_found_is_free_distinct_and_as_many_as_asked(
            rows in prop::collection::vec(prop::collection::vec(prop::bool::ANY, 1..40), 1..6),
            quantity in 1u16..7, attempt in 0u32..8, spread: u64, together: bool, aisle: bool,
        ) {
            let text: Vec<String> = rows.iter().map(|row| row.iter().map(|free| if *free { '.' } else { '#' }).collect()).collect();
            let lines: Vec<&str> = text.iter().map(String::as_str).collect();
            let (layout, loaded) = hall(&[("S", "X", &lines)]);
            let wish = Wish { together, aisle, spread, attempt, ..wish(quantity) };
            let free: usize = rows.iter().flatten().filter(|free| **free).count();
            match search(&layout, &wish, &loaded, now()) {
                Search::Found(seats) => {
                    prop_assert_eq!(seats.len(), usize::from(quantity));
                    let distinct: std::collections::BTreeSet<_> = seats.iter().collect();
                    prop_assert_eq!(distinct.len(), seats.len());
                    for seat in &seats {
                        let row = usize::from(seat.row.as_str().as_bytes()[0] - b'A');
                        prop_assert!(rows[row][usize::from(seat.number) - 1]);
                    }
                    prop_assert_eq!(search(&layout, &wish, &loaded, now()), Search::Found(seats));
                }
                Search::Nothing => prop_assert!(together || free < usize::from(quantity)),
                Search::Load(_) => prop_assert!(false),
            }
        }
    }
}
