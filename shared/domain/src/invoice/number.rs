//! Financial years, and the numbers that documents have in them.

use crate::organization::InvoicePrefix;
use crate::text::{InvalidText, text_type};
use jiff::civil::Date;
use std::str::FromStr;

/// Digits of a serial number, more when they are used up.
pub const SERIAL_DIGITS: usize = 6;
/// The longest number that the law allows (Rule 46(b) CGST Rules 2017: a consecutive serial number of at most sixteen characters,
/// in one or several series, of letters, digits, hyphens and slashes, unique for a financial year).
const NUMBER_LENGTH_MAX: usize = 16;

/// An invoice, or what corrects one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentKind {
    /// For what was sold.
    Invoice,
    /// For what of it was taken back.
    CreditNote,
}

impl DocumentKind {
    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invoice => "INVOICE",
            Self::CreditNote => "CREDIT_NOTE",
        }
    }

    /// What its serial numbers begin with: a series of its own in which no number is also one of the other's.
    fn mark(self) -> &'static str {
        match self {
            Self::Invoice => "",
            Self::CreditNote => "C",
        }
    }
}

impl FromStr for DocumentKind {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let known = [Self::Invoice, Self::CreditNote].into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| InvalidText("must be one of INVOICE, CREDIT_NOTE".to_owned()))
    }
}

/// When financial years begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearScheme {
    /// On the first of April, as in India.
    AprilToMarch,
    /// On the first of January.
    Calendar,
}

text_type! {
    /// A financial year: `2026-27` from April 2026 to March 2027, `2026` for the year of the calendar.
    FinancialYear,
    parse = |text| {
        let is_year = |year: &str| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        let follows = |year: &str, next: &str| year.parse().is_ok_and(|year: u16| next == format!("{:02}", (year + 1) % 100));
        let valid = match text.split_once('-') {
            Some((year, next)) => is_year(year) && follows(year, next),
            None => is_year(text),
        };
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a financial year like 2026-27, or 2026".to_owned()))
    },
    schema = { pattern: "^[0-9]{4}(-[0-9]{2})?$" }
}

impl FinancialYear {
    /// The year in which a date lies.
    pub fn of(date: Date, scheme: YearScheme) -> Self {
        match scheme {
            YearScheme::AprilToMarch => {
                let year = if date.month() >= 4 { date.year() } else { date.year() - 1 };
                Self(format!("{year:04}-{:02}", (year + 1) % 100))
            }
            YearScheme::Calendar => Self(format!("{:04}", date.year())),
        }
    }

    /// When it begins.
    pub fn scheme(&self) -> YearScheme {
        if self.0.contains('-') { YearScheme::AprilToMarch } else { YearScheme::Calendar }
    }

    /// As numbers have it: `26-27`.
    fn short(&self) -> &str {
        match self.scheme() {
            YearScheme::AprilToMarch => &self.0[2..],
            YearScheme::Calendar => &self.0,
        }
    }
}

text_type! {
    /// What people call a document: `FR/26-27/000123`, a credit note `FR/26-27/C000123`.
    DocumentNumber,
    parse = |text| {
        let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'/';
        let valid = (1..=NUMBER_LENGTH_MAX).contains(&text.len()) && text.bytes().all(allowed);
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a number like FR/26-27/000123".to_owned()))
    },
    schema = { pattern: "^[A-Z0-9/-]{1,16}$" }
}

impl DocumentNumber {
    /// The number at this place of a series; none when sixteen characters do not hold it.
    pub fn of(prefix: &InvoicePrefix, kind: DocumentKind, year: &FinancialYear, serial: u32) -> Option<Self> {
        let beginning = format!("{prefix}/{}/{}", year.short(), kind.mark());
        let digits = SERIAL_DIGITS.min(NUMBER_LENGTH_MAX.checked_sub(beginning.len())?);
        let number = format!("{beginning}{serial:0digits$}");
        (number.len() <= NUMBER_LENGTH_MAX).then_some(Self(number))
    }

    /// Without slashes: as a file may be called.
    pub fn file_stem(&self) -> String {
        self.0.replace('/', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(prefix: &str, kind: DocumentKind, year: &str, serial: u32) -> Option<String> {
        let (prefix, year) = (prefix.parse().unwrap(), year.parse().unwrap());
        DocumentNumber::of(&prefix, kind, &year, serial).map(String::from)
    }

    #[test]
    fn a_financial_year_in_india_ends_in_march() {
        let year = |date: &str, scheme| FinancialYear::of(date.parse().unwrap(), scheme).to_string();
        for (date, india, elsewhere) in [
            ("2026-03-31", "2025-26", "2026"),
            ("2026-04-01", "2026-27", "2026"),
            ("2026-12-31", "2026-27", "2026"),
            ("2027-01-01", "2026-27", "2027"),
            ("2099-12-31", "2099-00", "2099"),
        ] {
            assert_eq!(year(date, YearScheme::AprilToMarch), india);
            assert_eq!(year(date, YearScheme::Calendar), elsewhere);
            assert_eq!(india.parse::<FinancialYear>().unwrap().scheme(), YearScheme::AprilToMarch);
            assert_eq!(elsewhere.parse::<FinancialYear>().unwrap().scheme(), YearScheme::Calendar);
        }
        for bad in ["", "26-27", "2026-28", "2026-2027", "2026-", "twenty", "2026-27-28"] {
            assert!(bad.parse::<FinancialYear>().is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_are_what_accountants_expect() {
        use DocumentKind::{CreditNote, Invoice};
        assert_eq!(number("FR", Invoice, "2026-27", 123).unwrap(), "FR/26-27/000123");
        assert_eq!(number("FR", CreditNote, "2026-27", 123).unwrap(), "FR/26-27/C000123");
        assert_eq!(number("ABC", CreditNote, "2026-27", 123).unwrap(), "ABC/26-27/C00123");
        assert_eq!(number("FR", Invoice, "2026", 1).unwrap(), "FR/2026/000001");
        assert_eq!(number("FR", Invoice, "2026-27", 1_000_000).unwrap(), "FR/26-27/1000000");
        assert_eq!(number("FR", Invoice, "2026-27", 10_000_000), None, "the series is full");
        assert_eq!(number("ABC", CreditNote, "2026-27", 100_000), None);
    }

    proptest! {
        #[test]
        fn no_number_is_too_long_and_none_is_given_twice(a in 1u32..2_000_000, b in 1u32..2_000_000, prefix in "[A-Z0-9]{1,3}") {
            let all = [(DocumentKind::Invoice, a), (DocumentKind::CreditNote, a), (DocumentKind::Invoice, b), (DocumentKind::CreditNote, b)];
            let numbers = all.map(|(kind, serial)| number(&prefix, kind, "2026-27", serial));
            for number in numbers.iter().flatten() {
                prop_assert!(number.parse::<DocumentNumber>().is_ok_and(|parsed| parsed.as_str() == number));
            }
            prop_assert!(numbers[0].is_none() || numbers[0] != numbers[1]);
            prop_assert!(numbers[0].is_none() || numbers[0] != numbers[3]);
            prop_assert!(a == b || numbers[0].is_none() || numbers[0] != numbers[2]);
        }
    }
}
