//! How a place is named: `STALLS-C-12` is section, row and number.

use crate::text::{InvalidText, text_type};
use std::{fmt, str::FromStr};

/// The highest number that a place can have.
pub const SEAT_NUMBER_MAX: u16 = 50_000;

fn label(text: &str, length_max: usize) -> Result<String, InvalidText> {
    let valid = (1..=length_max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    valid.then(|| text.to_owned()).ok_or_else(|| InvalidText(format!("must be 1 to {length_max} capital letters or digits")))
}

text_type! {
    /// A section's short name within its venue.
    SectionCode,
    parse = |text| label(text, 12),
    schema = { pattern: "^[A-Z0-9]{1,12}$" }
}

text_type! {
    /// A row's name within its section.
    RowLabel,
    parse = |text| label(text, 4),
    schema = { pattern: "^[A-Z0-9]{1,4}$" }
}

text_type! {
    /// The name of a price level, as `VIP`.
    PriceLevel,
    parse = |text| {
        let valid = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be 1 to 16 capital letters, digits or underscores".to_owned()))
    },
    schema = { pattern: "^[A-Z0-9_]{1,16}$" }
}

impl RowLabel {
    /// The one row of a standing area, which has no labels of its own.
    pub fn standing() -> Self {
        "0".parse().expect("a digit is a valid label")
    }
}

/// One place of a show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SeatId {
    /// The section it is in.
    pub section: SectionCode,
    /// The row it is in.
    pub row: RowLabel,
    /// Its number in the row, from 1.
    pub number: u16,
}

impl FromStr for SeatId {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let refuse = || InvalidText("must be a seat like STALLS-C-12".to_owned());
        let mut parts = text.split('-');
        let (Some(section), Some(row), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(refuse());
        };
        let number = number.parse().ok().filter(|n| (1..=SEAT_NUMBER_MAX).contains(n) && n.to_string() == number).ok_or_else(refuse)?;
        Ok(Self { section: section.parse().map_err(|_| refuse())?, row: row.parse().map_err(|_| refuse())?, number })
    }
}

impl fmt::Display for SeatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.section, self.row, self.number)
    }
}

impl TryFrom<String> for SeatId {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        text.parse()
    }
}

impl From<SeatId> for String {
    fn from(seat: SeatId) -> String {
        seat.to_string()
    }
}

impl utoipa::PartialSchema for SeatId {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[A-Z0-9]{1,12}-[A-Z0-9]{1,4}-[1-9][0-9]{0,4}$"))
            .examples(["STALLS-C-12"])
            .into()
    }
}

impl utoipa::ToSchema for SeatId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_read_back_as_it_was_written() {
        let seat: SeatId = "STALLS-C-12".parse().unwrap();
        assert_eq!((seat.section.as_str(), seat.row.as_str(), seat.number), ("STALLS", "C", 12));
        assert_eq!(seat.to_string(), "STALLS-C-12");
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "A", "A-B", "A-B-0", "A-B-01", "A-B-50001", "A-B-1-2", "a-B-1", "A-B-+1", "A--1", "A-B-1 ", "TOOLONGSECTION-A-1"] {
            assert!(bad.parse::<SeatId>().is_err(), "{bad}");
        }
    }
}
