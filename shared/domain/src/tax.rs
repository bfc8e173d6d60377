//! Tax: by which scheme an organization collects it, and into which parts it falls by where an event is held.

use crate::gstin::Gstin;
use crate::money::BasisPoints;
use crate::quote::TAX_RATE_DEFAULT;
use crate::region::{LocalTax, RegionCode};
use crate::text::Text;

/// The highest rate that an organization may set: 50 %.
pub const TAX_RATE_MAX: BasisPoints = 5_000;

/// What an organization collects for the state.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(tag = "scheme", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Tax {
    /// India's goods and services tax.
    GstIndia {
        /// Of the price, in hundredths of a percent.
        #[schema(value_type = u32)]
        rate: BasisPoints,
        /// Under which number; who has none issues no tax invoices.
        #[serde(skip_serializing_if = "Option::is_none")]
        registration: Option<Gstin>,
    },
    /// One tax with one name.
    Other {
        /// Its name, as `VAT`.
        label: Text<1, 20>,
        /// Of the price, in hundredths of a percent.
        #[schema(value_type = u32)]
        rate: BasisPoints,
        /// Under which number.
        #[serde(skip_serializing_if = "Option::is_none")]
        registration: Option<Text<1, 30>>,
    },
    /// Nothing.
    None,
}

impl Default for Tax {
    fn default() -> Self {
        Self::GstIndia { rate: TAX_RATE_DEFAULT, registration: None }
    }
}

impl Tax {
    /// Of the price.
    pub fn rate(&self) -> BasisPoints {
        match self {
            Self::GstIndia { rate, .. } | Self::Other { rate, .. } => *rate,
            Self::None => 0,
        }
    }

    /// The number under which it is collected.
    pub fn registration(&self) -> Option<&str> {
        match self {
            Self::GstIndia { registration, .. } => registration.as_ref().map(Gstin::as_str),
            Self::Other { registration, .. } => registration.as_ref().map(Text::as_str),
            Self::None => None,
        }
    }

    /// The parts that a tax of this rate falls into for a seller at home in `home` and an event held in `held`.
    ///
    /// The place of supply of admission to an event, and of what goes with it, is where it is held (IGST Act 2017, section 12(6)). In
    /// the seller's own state, or where nobody said where it is, the tax is half the Centre's and half the state's or territory's
    /// (section 8(2) there; CGST Act 2017, section 9; UTGST Act 2017, section 7); in another it is integrated (section 7(3)).
    pub fn parts(&self, rate: BasisPoints, home: Option<&RegionCode>, held: Option<&RegionCode>) -> Vec<(Text<1, 20>, BasisPoints)> {
        match self {
            Self::GstIndia { .. } => match (home, held) {
                (Some(home), Some(held)) if home != held => vec![(label("IGST"), rate)],
                (None, _) | (_, None) | (Some(_), Some(_)) => {
                    let local = held.or(home).and_then(RegionCode::state).map_or(LocalTax::Sgst, |state| state.half);
                    vec![(label("CGST"), rate - rate / 2), (label(name(local)), rate / 2)]
                }
            },
            Self::Other { label, .. } => vec![(label.clone(), rate)],
            // What was sold before the organization gave its tax up.
            Self::None => vec![(label("Tax"), rate)],
        }
    }
}

/// An amount in so many parts that differ by one coin at most, the larger first; together they are the amount.
pub fn even_parts(amount: i64, count: usize) -> Vec<i64> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (0..count).map(|i| amount / count + i64::from(i < amount % count)).collect()
}

fn name(local: LocalTax) -> &'static str {
    match local {
        LocalTax::Sgst => "SGST",
        LocalTax::Utgst => "UTGST",
    }
}

fn label(name: &str) -> Text<1, 20> {
    name.parse().expect("a short name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(home: Option<&str>, held: Option<&str>) -> Vec<(String, BasisPoints)> {
        let region = |code: &str| code.parse::<RegionCode>().unwrap();
        let (home, held) = (home.map(region), held.map(region));
        let parts = Tax::default().parts(1_800, home.as_ref(), held.as_ref());
        parts.into_iter().map(|(label, rate)| (label.to_string(), rate)).collect()
    }

    #[test]
    fn the_tax_follows_the_place_where_the_event_is_held() {
        let halves = |local: &str| vec![("CGST".to_owned(), 900), (local.to_owned(), 900)];
        let integrated = vec![("IGST".to_owned(), 1_800)];
        assert_eq!(parts(Some("IN-MH"), Some("IN-MH")), halves("SGST"));
        assert_eq!(parts(Some("IN-MH"), Some("IN-KA")), integrated);
        assert_eq!(parts(Some("IN-CH"), Some("IN-CH")), halves("UTGST"));
        assert_eq!(parts(Some("IN-DL"), Some("IN-DL")), halves("SGST"), "a legislature of its own");
        assert_eq!(parts(Some("IN-CH"), Some("IN-DL")), integrated);
    }

    #[test]
    fn a_place_that_nobody_named_is_the_sellers_own() {
        let halves = |local: &str| vec![("CGST".to_owned(), 900), (local.to_owned(), 900)];
        assert_eq!(parts(Some("IN-AN"), None), halves("UTGST"));
        assert_eq!(parts(None, Some("IN-LA")), halves("UTGST"));
        assert_eq!(parts(None, None), halves("SGST"));
    }

    #[test]
    fn another_tax_has_one_part_wherever_it_is() {
        let vat = Tax::Other { label: label("VAT"), rate: 2_000, registration: None };
        assert_eq!(vat.parts(2_000, Some(&"DE-BE".parse().unwrap()), Some(&"FR-75".parse().unwrap())), [(label("VAT"), 2_000)]);
        assert_eq!((Tax::None.rate(), Tax::None.registration()), (0, None));
    }

    #[test]
    fn an_odd_rate_loses_nothing() {
        let rates: Vec<_> = Tax::default().parts(1_801, None, None).into_iter().map(|(_, rate)| rate).collect();
        assert_eq!(rates, [901, 900]);
    }

    proptest! {
        #[test]
        fn parts_are_even_and_together_the_whole(amount in 0i64..1_000_000_000_000, count in 1usize..5) {
            let parts = even_parts(amount, count);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            prop_assert!(parts[0] - parts[count - 1] <= 1);
            prop_assert!(parts.windows(2).all(|pair| pair[0] >= pair[1]));
        }
    }
}
