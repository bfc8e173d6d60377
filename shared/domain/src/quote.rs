//! The quote: what the places cost, fixed when the hold is made and shown broken down.

use crate::money::{BasisPoints, Currency, Money, MoneyError};
use crate::refund::Split;

/// Goods and services tax in India unless the organization says otherwise: 18 %.
pub const TAX_RATE_DEFAULT: BasisPoints = 1_800;

/// What an organization adds to its prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Charges {
    /// Booking fee, as a share of what is left after the discount.
    pub fee_rate: BasisPoints,
    /// Tax on places and fee.
    pub tax_rate: BasisPoints,
}

impl Default for Charges {
    fn default() -> Self {
        Self { fee_rate: 0, tax_rate: TAX_RATE_DEFAULT }
    }
}

/// `total = subtotal − discount + fee + tax`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Quote {
    /// Sum of the places' prices.
    pub subtotal: Money,
    /// What a coupon takes away.
    pub discount: Money,
    /// Booking fee.
    pub fee: Money,
    /// Tax on all of it.
    pub tax: Money,
    /// What the buyer pays.
    pub total: Money,
}

impl Quote {
    /// Whose the total is.
    pub fn split(&self) -> Split {
        let sales = Money { amount: self.subtotal.amount - self.discount.amount, currency: self.subtotal.currency.clone() };
        Split { sales, fee: self.fee.clone(), tax: self.tax.clone() }
    }
}

/// Adds up prices of one currency. Fee and tax are rounded half up to the minor unit, each once.
pub fn quote<'a>(prices: impl IntoIterator<Item = &'a Money>, currency: &Currency, charges: Charges) -> Result<Quote, MoneyError> {
    let zero = Money::zero(currency.clone());
    let subtotal = prices.into_iter().try_fold(zero.clone(), |sum, price| sum.plus(price))?;
    let fee = subtotal.share_half_up(charges.fee_rate)?;
    let taxed = subtotal.plus(&fee)?;
    let tax = taxed.share_half_up(charges.tax_rate)?;
    let total = taxed.plus(&tax)?;
    Ok(Quote { subtotal, discount: zero, fee, tax, total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_total(amounts in prop::collection::vec(0i64..10_000_000, 1..10), fee in 0u32..2_000, tax in 0u32..3_000) {
            let currency: Currency = "INR".parse().unwrap();
            let prices: Vec<Money> = amounts.iter().map(|amount| Money { amount: *amount, currency: currency.clone() }).collect();
            let quote = quote(&prices, &currency, Charges { fee_rate: fee, tax_rate: tax }).unwrap();
            prop_assert_eq!(quote.subtotal.amount, amounts.iter().sum::<i64>());
            prop_assert_eq!(quote.total.amount, quote.subtotal.amount - quote.discount.amount + quote.fee.amount + quote.tax.amount);
        }
    }

    #[test]
    fn two_seats_at_five_hundred_rupees_cost_1180_with_tax() {
        let price = Money { amount: 50_000, currency: "INR".parse().unwrap() };
        let quote = quote([&price, &price], &price.currency, Charges::default()).unwrap();
        assert_eq!((quote.tax.amount, quote.total.amount), (18_000, 118_000));
    }
}
