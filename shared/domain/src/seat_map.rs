//! The seat map: one letter for every place of a section, put together from its blocks.

use crate::block::{Block, BlockKey};
use crate::claim::PlaceState;
use crate::layout::Section;
use crate::seat::RowLabel;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How the rows of a section stand at `now`, as the layout has them. A place whose block is not there cannot be had.
pub fn row_states(section: &Section, blocks: &[Block], now: Timestamp) -> Vec<(RowLabel, String)> {
    let by_key: BTreeMap<&BlockKey, &Block> = blocks.iter().map(|block| (&block.key, block)).collect();
    let mut rows: Vec<(RowLabel, String)> = Vec::new();
    for (key, size) in section.blocks() {
        let absent = || PlaceState::Blocked.letter().to_string().repeat(usize::from(size));
        let states = by_key.get(&key).map_or_else(absent, |block| block.states(now));
        match rows.last_mut() {
            Some((row, so_far)) if *row == key.row => so_far.push_str(&states),
            _ => rows.push((key.row, states)),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::seated;

    #[test]
    fn blocks_in_any_order_make_rows_in_the_layouts_order() {
        let section = seated("S", &[("B", 34), ("A", 2)], "STD");
        let mut blocks: Vec<Block> =
            section.blocks().map(|(key, size)| Block { key, size, claims: BTreeMap::new(), closed: false, version: 1 }).collect();
        blocks.reverse();
        blocks[0].claims.insert(2, "~k3v9x0m2q8r7t1zp".parse().unwrap());
        blocks.pop();
        let rows = row_states(&section, &blocks, Timestamp::from_second(1_800_000_000).unwrap());
        let rows: Vec<(&str, &str)> = rows.iter().map(|(row, states)| (row.as_str(), states.as_str())).collect();
        assert_eq!(rows, [("B", "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXAA"), ("A", "AB")]);
    }
}
