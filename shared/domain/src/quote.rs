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

    /// The same places for `discount` less: fee and tax are those of what is left. More than the subtotal is refused.
    pub fn discounted(&self, discount: Money, charges: Charges) -> Result<Self, MoneyError> {
        add_up(self.subtotal.clone(), discount, charges)
    }
}

/// Adds up prices of one currency. Fee and tax are rounded half up to the minor unit, each once.
pub fn quote<'a>(prices: impl IntoIterator<Item = &'a Money>, currency: &Currency, charges: Charges) -> Result<Quote, MoneyError> {
    let zero = Money::zero(currency.clone());
    let subtotal = prices.into_iter().try_fold(zero.clone(), |sum, price| sum.plus(price))?;
    add_up(subtotal, zero, charges)
}

fn add_up(subtotal: Money, discount: Money, charges: Charges) -> Result<Quote, MoneyError> {
    let left = subtotal.minus(&discount)?;
    let fee = left.share_half_up(charges.fee_rate)?;
    let taxed = left.plus(&fee)?;
    let tax = taxed.share_half_up(charges.tax_rate)?;
    let total = taxed.plus(&tax)?;
    Ok(Quote { subtotal, discount, fee, tax, total })
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

        #[test]
        fn fee_and_tax_are_those_of_what_is_left_after_the_discount(
            (amount, discount) in (0i64..10_000_000).prop_flat_map(|amount| (Just(amount), 0..=amount)), fee in 0u32..2_000, tax in 0u32..3_000
        ) {
            let rupees = |amount| Money { amount, currency: "INR".parse().unwrap() };
            let charges = Charges { fee_rate: fee, tax_rate: tax };
            let quote_of = |amount| quote([&rupees(amount)], &rupees(0).currency, charges).unwrap();
            let discounted = quote_of(amount).discounted(rupees(discount), charges).unwrap();
            let left = quote_of(amount - discount);
            prop_assert_eq!((&discounted.fee, &discounted.tax, &discounted.total), (&left.fee, &left.tax, &left.total));
            prop_assert_eq!((discounted.subtotal.amount, discounted.discount.amount), (amount, discount));
            let Split { sales, fee, tax } = discounted.split();
            prop_assert_eq!(sales.amount + fee.amount + tax.amount, discounted.total.amount);
        }
    }

    #[test]
    fn more_than_the_subtotal_is_no_discount() {
        let rupees = |amount| Money { amount, currency: "INR".parse().unwrap() };
        let quote = quote([&rupees(100)], &rupees(0).currency, Charges::default()).unwrap();
        assert_eq!(quote.discounted(rupees(101), Charges::default()), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn two_seats_at_five_hundred_rupees_cost_1180_with_tax() {
        let price = Money { amount: 50_000, currency: "INR".parse().unwrap() };
        let quote = quote([&price, &price], &price.currency, Charges::default()).unwrap();
        assert_eq!((quote.tax.amount, quote.total.amount), (18_000, 118_000));
    }
}
