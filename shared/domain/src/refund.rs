//! Money that goes back: by which terms, how much, and how far it is.

use crate::id::{BookingId, OrganizationId, PaymentId, RefundId, UserId};
use crate::money::{BasisPoints, Currency, Money, MoneyError};
use crate::payment::Payment;
use jiff::{SignedDuration, Timestamp};

/// Steps that an organization's terms may have.
pub const REFUND_STEPS_MAX: usize = 8;
/// The earliest end of a step: a year before the show.
pub const UNTIL_HOURS_MAX: u16 = 24 * 365;
/// All of it, in basis points.
pub const WHOLE: BasisPoints = 10_000;

/// Until so many hours before the show begins, this share goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefundStep {
    /// Hours before the show begins.
    #[schema(maximum = 8_760)]
    pub until_hours: u16,
    /// Share of the price in hundredths of a percent: 10000 is all of it.
    #[schema(value_type = u32, minimum = 1, maximum = 10_000)]
    pub rate: BasisPoints,
}

/// What goes back to buyers who call a booking off. After the last step nothing does, and nobody can.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RefundTerms {
    /// From the earliest to the last: `untilHours` and `rate` both fall.
    #[schema(max_items = 8)]
    pub steps: Vec<RefundStep>,
    /// Whether the same share of the booking fee goes back.
    pub fee_back: bool,
}

impl Default for RefundTerms {
    /// Everything until the show begins.
    fn default() -> Self {
        Self { steps: vec![RefundStep { until_hours: 0, rate: WHOLE }], fee_back: true }
    }
}

/// Why these are no terms.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundTermsError {
    /// Too many.
    #[error("must have at most {REFUND_STEPS_MAX} steps")]
    TooMany,
    /// A step is out of range.
    #[error("must have steps of 0 to {UNTIL_HOURS_MAX} hours with rates of 1 to {WHOLE}")]
    OutOfRange,
    /// The closer the show, the less goes back.
    #[error("must have falling hours and falling rates")]
    NotFalling,
}

impl RefundTerms {
    /// Checks the steps against each other.
    pub fn check(&self) -> Result<(), RefundTermsError> {
        if self.steps.len() > REFUND_STEPS_MAX {
            return Err(RefundTermsError::TooMany);
        }
        if self.steps.iter().any(|step| step.until_hours > UNTIL_HOURS_MAX || !(1..=WHOLE).contains(&step.rate)) {
            return Err(RefundTermsError::OutOfRange);
        }
        let falls = |pair: &[RefundStep]| pair[0].until_hours > pair[1].until_hours && pair[0].rate > pair[1].rate;
        if self.steps.windows(2).all(falls) { Ok(()) } else { Err(RefundTermsError::NotFalling) }
    }

    /// The share that goes back if the booking is called off at `now`; none when it is too late.
    pub fn rate_at(&self, starts_at: Timestamp, now: Timestamp) -> Option<BasisPoints> {
        let ends = |step: &&RefundStep| now < starts_at - SignedDuration::from_hours(i64::from(step.until_hours));
        self.steps.iter().find(ends).map(|step| step.rate)
    }
}

/// Where a refund is in its life.
///
/// | from | what happens | to |
/// |---|---|---|
/// | REQUESTED | the provider has taken it | PROCESSING |
/// | REQUESTED, PROCESSING | the money is back | DONE |
/// | REQUESTED, PROCESSING, DONE | the buyer's bank sent it back to us, or the provider will not | FAILED |
/// | FAILED | somebody asks for it again | REQUESTED |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    /// Decided; the provider is asked within minutes, again and again if need be.
    Requested,
    /// On its way.
    Processing,
    /// Back with the buyer.
    Done,
    /// It did not arrive; somebody has to look at it.
    Failed,
}

impl RefundStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Requested, Self::Processing, Self::Done, Self::Failed];

    /// Whether a refund in this state may go to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use RefundStatus as S;
        match (self, next) {
            (S::Requested, S::Processing | S::Done | S::Failed)
            | (S::Processing, S::Done | S::Failed)
            | (S::Done, S::Failed)
            | (S::Failed, S::Requested) => true,
            (S::Requested | S::Processing | S::Done | S::Failed, _) => false,
        }
    }

    /// The states that may go to `next`: what the store's condition repeats.
    pub fn before(next: Self) -> Vec<Self> {
        Self::ALL.into_iter().filter(|status| status.may_become(next)).collect()
    }

    /// Whether the provider has still to be asked.
    pub fn is_open(self) -> bool {
        match self {
            Self::Requested | Self::Processing => true,
            Self::Done | Self::Failed => false,
        }
    }

    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "REQUESTED",
            Self::Processing => "PROCESSING",
            Self::Done => "DONE",
            Self::Failed => "FAILED",
        }
    }
}

impl std::str::FromStr for RefundStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| "must be REQUESTED, PROCESSING, DONE or FAILED".to_owned())
    }
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundReason {
    /// The booking was called off.
    Cancelled,
    /// The organizer gives something back; the booking stays.
    Goodwill,
    /// It was taken for a booking that is not, or is paid by another payment.
    Unwanted,
}

/// Money on its way back to a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Key.
    pub id: RefundId,
    /// Of which payment.
    pub payment: PaymentId,
    /// Of which booking.
    pub booking: BookingId,
    /// To whom.
    pub user: UserId,
    /// Whose books it is in.
    pub organization: OrganizationId,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// Where it is in its life.
    pub status: RefundStatus,
    /// How often the provider was given it; the first time is 1.
    pub attempt: u32,
    /// What the provider calls it.
    pub provider_reference: Option<String>,
    /// Why it failed, in the provider's word.
    pub failure: Option<String>,
    /// When it was decided.
    pub requested_at: Timestamp,
}

impl Refund {
    /// So much of a payment, from now on.
    pub fn of(payment: &Payment, id: RefundId, amount: Money, reason: RefundReason, now: Timestamp) -> Self {
        Self {
            id,
            payment: payment.id.clone(),
            booking: payment.booking.clone(),
            user: payment.user.clone(),
            organization: payment.organization.clone(),
            amount,
            reason,
            status: RefundStatus::Requested,
            attempt: 1,
            provider_reference: None,
            failure: None,
            requested_at: now,
        }
    }

    /// On its way, by the provider's word.
    #[must_use]
    pub fn at_provider(&self, status: RefundStatus, reference: String) -> Self {
        Self { status, provider_reference: Some(reference), ..self.clone() }
    }

    /// Not to be had, and why.
    #[must_use]
    pub fn failed(&self, failure: String) -> Self {
        Self { status: RefundStatus::Failed, failure: Some(failure), ..self.clone() }
    }

    /// Asked for once more, under another name.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { status: RefundStatus::Requested, attempt: self.attempt + 1, failure: None, provider_reference: None, ..self.clone() }
    }

    /// How the provider knows the present attempt: another name for each, the same for each repeat.
    pub fn provider_name(&self) -> String {
        format!("{}-{}", self.id, self.attempt)
    }
}

/// What a buyer pays, by whose it is: `sales + fee + tax`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The organizer's: places after discount.
    pub sales: Money,
    /// Booking fee.
    pub fee: Money,
    /// The state's.
    pub tax: Money,
}

impl Split {
    /// Nothing, in `currency`.
    pub fn zero(currency: &Currency) -> Self {
        let zero = Money::zero(currency.clone());
        Self { sales: zero.clone(), fee: zero.clone(), tax: zero }
    }

    /// All of it.
    pub fn total(&self) -> i64 {
        self.sales.amount + self.fee.amount + self.tax.amount
    }

    /// The same, as money.
    pub fn total_money(&self) -> Money {
        Money { amount: self.total(), currency: self.sales.currency.clone() }
    }

    /// Part by part.
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        Ok(Self { sales: self.sales.plus(&other.sales)?, fee: self.fee.plus(&other.fee)?, tax: self.tax.plus(&other.tax)? })
    }

    /// What is left, part by part; refused if a part would fall below zero.
    pub fn minus(&self, other: &Self) -> Result<Self, MoneyError> {
        Ok(Self { sales: self.sales.minus(&other.sales)?, fee: self.fee.minus(&other.fee)?, tax: self.tax.minus(&other.tax)? })
    }

    /// What goes back of this at a rate: the share of the price, of the fee if it goes back too, and of the tax the part that was
    /// on them. Each is rounded half up; all of it is exactly all of it.
    pub fn share(&self, rate: BasisPoints, fee_back: bool) -> Result<Self, MoneyError> {
        let sales = self.sales.share_half_up(rate)?;
        let fee = if fee_back { self.fee.share_half_up(rate)? } else { Money::zero(self.fee.currency.clone()) };
        let tax = part(self.tax.amount, sales.amount + fee.amount, self.sales.amount + self.fee.amount);
        Ok(Self { sales, fee, tax: Money { amount: tax, currency: self.tax.currency.clone() } })
    }

    /// This amount of it, in the proportions of the whole; what rounding leaves goes to the organizer's part. None if it is more than
    /// all of it, or nothing, or other money.
    pub fn amount(&self, amount: &Money) -> Option<Self> {
        let whole = self.total();
        if amount.currency != self.sales.currency || amount.amount <= 0 || amount.amount > whole {
            return None;
        }
        let money = |amount| Money { amount, currency: self.sales.currency.clone() };
        let (mut fee, mut tax) = (part(self.fee.amount, amount.amount, whole), part(self.tax.amount, amount.amount, whole));
        // Two roundings up may come to more than the amount, or leave more for sales than there is: coin by coin it is put right.
        while fee + tax > amount.amount {
            if tax > 0 { tax -= 1 } else { fee -= 1 }
        }
        while amount.amount - fee - tax > self.sales.amount {
            if tax < self.tax.amount { tax += 1 } else { fee += 1 }
        }
        Some(Self { sales: money(amount.amount - fee - tax), fee: money(fee), tax: money(tax) })
    }
}

/// `whole × numerator ÷ denominator`, rounded half up.
fn part(whole: i64, numerator: i64, denominator: i64) -> i64 {
    if denominator == 0 {
        return 0;
    }
    let (whole, numerator, denominator) = (i128::from(whole), i128::from(numerator), i128::from(denominator));
    i64::try_from((2 * whole * numerator + denominator) / (2 * denominator)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rupees(amount: i64) -> Money {
        Money { amount, currency: "INR".parse().unwrap() }
    }

    fn split(sales: i64, fee: i64, tax: i64) -> Split {
        Split { sales: rupees(sales), fee: rupees(fee), tax: rupees(tax) }
    }

    fn terms(steps: &[(u16, BasisPoints)]) -> RefundTerms {
        let steps = steps.iter().map(|(until_hours, rate)| RefundStep { until_hours: *until_hours, rate: *rate }).collect();
        RefundTerms { steps, fee_back: false }
    }

    #[test]
    fn the_closer_the_show_the_less_goes_back() {
        let terms = terms(&[(48, 10_000), (24, 5_000)]);
        let starts_at: Timestamp = "2026-12-03T12:00:00Z".parse().unwrap();
        let at = |text: &str| terms.rate_at(starts_at, text.parse().unwrap());
        assert_eq!(at("2026-12-01T11:59:59Z"), Some(10_000));
        assert_eq!(at("2026-12-01T12:00:00Z"), Some(5_000));
        assert_eq!(at("2026-12-02T11:59:59Z"), Some(5_000));
        assert_eq!(at("2026-12-02T12:00:00Z"), None);
        assert_eq!(RefundTerms::default().rate_at(starts_at, "2026-12-03T11:59:59Z".parse().unwrap()), Some(WHOLE));
    }

    #[test]
    fn terms_fall_and_are_few() {
        assert_eq!(terms(&[]).check(), Ok(()));
        assert_eq!(terms(&[(48, 10_000), (24, 5_000)]).check(), Ok(()));
        assert_eq!(terms(&[(24, 5_000), (48, 10_000)]).check(), Err(RefundTermsError::NotFalling));
        assert_eq!(terms(&[(48, 5_000), (24, 5_000)]).check(), Err(RefundTermsError::NotFalling));
        assert_eq!(terms(&[(48, 0)]).check(), Err(RefundTermsError::OutOfRange));
        assert_eq!(terms(&[(48, 10_001)]).check(), Err(RefundTermsError::OutOfRange));
        assert_eq!(terms(&[(8_761, 1)]).check(), Err(RefundTermsError::OutOfRange));
        assert_eq!(terms(&[(1, 1); 9]).check(), Err(RefundTermsError::TooMany));
    }

    #[test]
    fn half_of_a_booking_without_its_fee_is_half_of_the_price_and_its_tax() {
        let back = split(100_000, 5_000, 18_900).share(5_000, false).unwrap();
        assert_eq!((back.sales.amount, back.fee.amount, back.tax.amount), (50_000, 0, 9_000));
    }

    proptest! {
        #[test]
        fn all_of_it_is_exactly_all_of_it(sales in 0i64..1_000_000, fee in 0i64..10_000, tax in 0i64..100_000) {
            let whole = split(sales, fee, if sales + fee == 0 { 0 } else { tax });
            prop_assert_eq!(whole.share(WHOLE, true).unwrap(), whole);
        }

        #[test]
        fn no_share_is_more_than_there_is(sales in 0i64..1_000_000, fee in 0i64..10_000, tax in 0i64..100_000, rate in 0u32..=WHOLE, fee_back: bool) {
            let whole = split(sales, fee, tax);
            prop_assert!(whole.minus(&whole.share(rate, fee_back).unwrap()).is_ok());
        }

        #[test]
        fn an_amount_is_split_to_the_last_coin(sales in 0i64..1_000, fee in 0i64..100, tax in 0i64..300, amount in 1i64..1_500) {
            let whole = split(sales, fee, tax);
            let Some(back) = whole.amount(&rupees(amount)) else {
                prop_assert!(amount > whole.total());
                return Ok(());
            };
            prop_assert_eq!(back.total(), amount);
            prop_assert!(whole.minus(&back).is_ok());
        }
    }

    #[test]
    fn a_refund_that_failed_can_be_asked_for_again_and_nothing_else_goes_back() {
        for from in RefundStatus::ALL {
            for to in RefundStatus::ALL {
                let goes_back = from > to && from.may_become(to);
                assert_eq!(goes_back, (from, to) == (RefundStatus::Failed, RefundStatus::Requested), "{from:?} {to:?}");
            }
        }
    }
}
