//! Money in minor units. Integers only; every sum is checked and every rounding has a name.

use crate::text::{InvalidText, text_type};

text_type! {
    /// An ISO 4217 code in capitals, as `INR`.
    Currency,
    parse = |text| {
        let valid = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        valid.then(|| text.to_owned()).ok_or_else(|| InvalidText("must be a currency like INR".to_owned()))
    },
    schema = { pattern: "^[A-Z]{3}$" }
}

/// The largest amount that one price or quote may have, in minor units. Sums of 100 of these stay far from overflow.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// An amount of one currency.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, try_from = "RawMoney")]
#[schema(example = json!({"amount": 118_000, "currency": "INR"}))]
pub struct Money {
    /// Minor units (paise, cents); never negative in what we charge.
    pub amount: i64,
    /// Which money.
    pub currency: Currency,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMoney {
    amount: i64,
    currency: Currency,
}

impl TryFrom<RawMoney> for Money {
    type Error = InvalidText;

    fn try_from(raw: RawMoney) -> Result<Self, InvalidText> {
        if (0..=AMOUNT_MAX).contains(&raw.amount) {
            Ok(Self { amount: raw.amount, currency: raw.currency })
        } else {
            Err(InvalidText(format!("amount must be 0 to {AMOUNT_MAX} minor units")))
        }
    }
}

/// Why amounts could not be combined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be added")]
    MixedCurrencies(Currency, Currency),
    /// The result is too large or would fall below zero.
    #[error("the amount is out of range")]
    OutOfRange,
}

/// A rate in hundredths of a percent: 1800 is 18 %.
pub type BasisPoints = u32;

impl Money {
    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Self {
        Self { amount: 0, currency }
    }

    /// The sum of both.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::in_range(self.amount.checked_add(other.amount), &self.currency)
    }

    /// What is left after taking `other` away; never below zero.
    pub fn minus(&self, other: &Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::in_range(self.amount.checked_sub(other.amount), &self.currency)
    }

    /// This share of the amount; a half minor unit is rounded up.
    pub fn share_half_up(&self, rate: BasisPoints) -> Result<Self, MoneyError> {
        let exact = i128::from(self.amount) * i128::from(rate);
        Self::in_range(i64::try_from((exact + 5_000) / 10_000).ok(), &self.currency)
    }

    fn same_currency(&self, other: &Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::MixedCurrencies(self.currency.clone(), other.currency.clone()))
        }
    }

    fn in_range(amount: Option<i64>, currency: &Currency) -> Result<Self, MoneyError> {
        amount
            .filter(|amount| (0..=AMOUNT_MAX).contains(amount))
            .map(|amount| Self { amount, currency: currency.clone() })
            .ok_or(MoneyError::OutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rupees(amount: i64) -> Money {
        Money { amount, currency: "INR".parse().unwrap() }
    }

    #[test]
    fn a_share_rounds_half_a_minor_unit_up() {
        assert_eq!(rupees(25).share_half_up(1_000).unwrap(), rupees(3)); // 2.5
        assert_eq!(rupees(24).share_half_up(1_000).unwrap(), rupees(2)); // 2.4
        assert_eq!(rupees(100_000).share_half_up(1_800).unwrap(), rupees(18_000));
    }

    #[test]
    fn sums_refuse_other_currencies_overflow_and_debt() {
        let dollars = Money { amount: 1, currency: "USD".parse().unwrap() };
        assert!(matches!(rupees(1).plus(&dollars), Err(MoneyError::MixedCurrencies(..))));
        assert_eq!(rupees(AMOUNT_MAX).plus(&rupees(1)), Err(MoneyError::OutOfRange));
        assert_eq!(rupees(1).minus(&rupees(2)), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn json_refuses_negative_amounts() {
        assert!(serde_json::from_str::<Money>(r#"{"amount":-1,"currency":"INR"}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount":1,"currency":"inr"}"#).is_err());
    }
}
