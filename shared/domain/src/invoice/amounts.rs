//! What a posting moves, as the lines and parts of a document.

use super::{DocumentError, DocumentLine, DocumentLineKind, TaxPart};
use crate::booking::Booking;
use crate::ledger::{Account, Posting};
use crate::money::{BasisPoints, Currency, Money, MoneyError};
use crate::seat::PriceLevel;
use crate::text::Text;
use std::collections::BTreeMap;

/// What a posting moves, as amounts that are not negative.
pub(super) struct Amounts {
    pub(super) sales: Money,
    pub(super) fee: Money,
    pub(super) tax: Money,
}

impl Amounts {
    /// Of a posting whose credits (`-1`) or debits (`1`) are what the document is about.
    pub(super) fn of(posting: &Posting, sign: i64) -> Result<Self, DocumentError> {
        let money = |account| {
            let amount = posting.on(account).checked_mul(sign).filter(|amount| *amount >= 0).ok_or(DocumentError::DoesNotAddUp)?;
            Ok::<_, DocumentError>(Money { amount, currency: posting.currency.clone() })
        };
        let amounts = Self { sales: money(Account::Sales)?, fee: money(Account::Fees)?, tax: money(Account::Tax)? };
        let owed = -posting.on(Account::Buyers) * sign;
        if amounts.total()?.amount == owed { Ok(amounts) } else { Err(DocumentError::DoesNotAddUp) }
    }

    pub(super) fn taxable(&self) -> Result<Money, MoneyError> {
        self.sales.plus(&self.fee)
    }

    pub(super) fn total(&self) -> Result<Money, MoneyError> {
        self.taxable()?.plus(&self.tax)
    }
}

/// The places by price level and price, then what is taken off and what is added.
pub(super) fn sold_lines(booking: &Booking) -> Result<Vec<DocumentLine>, MoneyError> {
    let mut levels: BTreeMap<(&PriceLevel, i64), u32> = BTreeMap::new();
    for place in &booking.places {
        *levels.entry((&place.level, place.price.amount)).or_default() += 1;
    }
    let currency = &booking.quote.total.currency;
    let mut lines = Vec::with_capacity(levels.len() + 2);
    for ((level, price), quantity) in levels {
        let unit_price = Money { amount: price, currency: currency.clone() };
        let amount = price.checked_mul(i64::from(quantity)).ok_or(MoneyError::OutOfRange)?;
        lines.push(DocumentLine {
            kind: DocumentLineKind::Places,
            price_level: Some(level.clone()),
            quantity: Some(quantity),
            unit_price: Some(unit_price),
            amount: Money { amount, currency: currency.clone() },
        });
    }
    lines.extend(sum_line(DocumentLineKind::Discount, &booking.quote.discount));
    lines.extend(sum_line(DocumentLineKind::Fee, &booking.quote.fee));
    Ok(lines)
}

pub(super) fn returned_lines(amounts: &Amounts) -> Vec<DocumentLine> {
    let places = sum_line(DocumentLineKind::Places, &amounts.sales);
    places.into_iter().chain(sum_line(DocumentLineKind::Fee, &amounts.fee)).collect()
}

/// A line without details, unless it would be about nothing.
fn sum_line(kind: DocumentLineKind, amount: &Money) -> Option<DocumentLine> {
    (amount.amount > 0).then(|| DocumentLine { kind, price_level: None, quantity: None, unit_price: None, amount: amount.clone() })
}

/// The parts with their amounts; none where there is no tax at all.
pub(super) fn tax_parts(parts: Vec<(Text<1, 20>, BasisPoints)>, currency: &Currency, amounts: &[i64]) -> Vec<TaxPart> {
    let part = |((label, rate), amount): ((Text<1, 20>, BasisPoints), &i64)| TaxPart {
        label,
        rate,
        amount: Money { amount: *amount, currency: currency.clone() },
    };
    if amounts.iter().all(|amount| *amount == 0) { vec![] } else { parts.into_iter().zip(amounts).map(part).collect() }
}
