//! Coupons: what a code takes away from the price, when, and how often.

use crate::booking::Booking;
use crate::id::{EventId, OrganizationId};
use crate::money::{BasisPoints, Money, MoneyError};
use crate::payment::Provider;
use crate::quote::Quote;
use crate::refund::WHOLE;
use crate::show::Show;
use crate::text::{InvalidText, text_type};
use jiff::Timestamp;

/// The shortest code; shorter ones are guessed.
pub const CODE_LENGTH_MIN: usize = 4;
/// The longest code; longer ones are not typed.
pub const CODE_LENGTH_MAX: usize = 24;
/// Uses that a coupon may have in all.
pub const USES_MAX: u32 = 1_000_000;
/// Uses that one person may have.
pub const USES_PER_USER_MAX: u32 = 100;
/// Items over which the uses of one coupon are counted at most.
pub const SHARDS_MAX: u8 = 16;
/// Uses for which one item is enough: a crowd that fights for fewer is soon through.
pub const USES_PER_SHARD_MIN: u32 = 64;

const _: () = assert!(CODE_LENGTH_MIN < CODE_LENGTH_MAX);
const _: () = assert!(USES_PER_SHARD_MIN > 0 && USES_PER_SHARD_MIN * SHARDS_MAX as u32 <= USES_MAX);

text_type! {
    /// What buyers type, as `WELCOME10`; small letters count as capitals.
    CouponCode,
    parse = |text| {
        let code = text.trim().to_ascii_uppercase();
        let valid = (CODE_LENGTH_MIN..=CODE_LENGTH_MAX).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        let refused = || InvalidText(format!("must have {CODE_LENGTH_MIN} to {CODE_LENGTH_MAX} letters, digits or hyphens"));
        valid.then_some(code).ok_or_else(refused)
    },
    schema = { pattern: "^[A-Za-z0-9-]{4,24}$" }
}

/// What a coupon takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Benefit {
    /// This share of the subtotal.
    Percentage(BasisPoints),
    /// This much of the subtotal, or all of it if it is less.
    Fixed(Money),
}

/// Whether a coupon may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum CouponStatus {
    /// Within its terms.
    Active,
    /// No longer, and never again.
    Disabled,
}

/// A code of one organization. All but its status is fixed when it is made: what was promised stays so, and the items that count its
/// uses need not know of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// Whose: for what this organization sells, and nobody else.
    pub organization: OrganizationId,
    /// Key, together with the organization.
    pub code: CouponCode,
    /// For this event only.
    pub event: Option<EventId>,
    /// What it takes away.
    pub benefit: Benefit,
    /// From when on.
    pub valid_from: Option<Timestamp>,
    /// The first moment at which it is not accepted any more.
    pub valid_until: Option<Timestamp>,
    /// The least subtotal.
    pub minimum: Option<Money>,
    /// How often in all.
    pub uses_max: Option<u32>,
    /// How often by one person.
    pub uses_per_user_max: Option<u32>,
    /// Whether it may be used.
    pub status: CouponStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where one use of a coupon is counted, so that it can be given back there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponUse {
    /// Of which coupon of the booking's organization.
    pub code: CouponCode,
    /// In which of its shards, if it is counted in all.
    pub shard: Option<u8>,
    /// Whether it is counted for its user, too.
    pub by_user: bool,
}

impl CouponUse {
    /// Whether it is counted anywhere.
    pub fn is_counted(&self) -> bool {
        self.shard.is_some() || self.by_user
    }
}

/// How often a coupon was used, as far as its limits ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponUses {
    /// In each of its shards.
    pub by_shard: Vec<u32>,
    /// By the person who asks.
    pub by_user: u32,
}

/// Why a coupon is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CouponRefusal {
    /// The organization has no such code.
    #[error("there is no such coupon")]
    Unknown,
    /// Too early.
    #[error("the coupon is valid from {0}")]
    NotYetValid(Timestamp),
    /// Too late.
    #[error("the coupon was valid until {0}")]
    Expired(Timestamp),
    /// Withdrawn.
    #[error("the coupon is disabled")]
    Disabled,
    /// It is another event's.
    #[error("the coupon is for another event")]
    OtherEvent,
    /// The places cost less than it asks for.
    #[error("the subtotal is below the coupon's minimum")]
    BelowMinimum(Money),
    /// Used as often as it may be.
    #[error("the coupon is used up")]
    UsedUp,
    /// Used by this person as often as one may.
    #[error("the user used the coupon as often as one may")]
    UsedByYou,
    /// The places are sold for other money.
    #[error("the coupon is for another currency")]
    OtherCurrency,
}

impl CouponRefusal {
    /// The word that clients see.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::NotYetValid(_) => "NOT_YET_VALID",
            Self::Expired(_) => "EXPIRED",
            Self::Disabled => "DISABLED",
            Self::OtherEvent => "OTHER_EVENT",
            Self::BelowMinimum(_) => "BELOW_MINIMUM",
            Self::UsedUp => "USED_UP",
            Self::UsedByYou => "USED_BY_YOU",
            Self::OtherCurrency => "OTHER_CURRENCY",
        }
    }
}

/// Why there is no price with this coupon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CouponError {
    /// It is not accepted.
    #[error(transparent)]
    Refused(#[from] CouponRefusal),
    /// The amounts do not add up.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Why these are no terms of a coupon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CouponTermsError {
    /// Nothing, or more than everything.
    #[error("must be 1 to {WHOLE}")]
    Rate,
    /// Nothing.
    #[error("must be more than nothing")]
    Amount,
    /// The minimum is other money than what is taken away.
    #[error("must be in the coupon's currency")]
    Currencies,
    /// It is over before it begins, or before it is made.
    #[error("must be in the future, and after validFrom")]
    Validity,
    /// Never, or too often.
    #[error("must be 1 to {USES_MAX}")]
    Uses,
    /// Never, or too often.
    #[error("must be 1 to {USES_PER_USER_MAX}")]
    UsesPerUser,
}

impl Coupon {
    /// Checks the terms of a new coupon.
    pub fn check(&self) -> Result<(), CouponTermsError> {
        match &self.benefit {
            Benefit::Percentage(rate) if !(1..=WHOLE).contains(rate) => return Err(CouponTermsError::Rate),
            Benefit::Fixed(amount) if amount.amount <= 0 => return Err(CouponTermsError::Amount),
            Benefit::Fixed(amount) if self.minimum.as_ref().is_some_and(|minimum| minimum.currency != amount.currency) => {
                return Err(CouponTermsError::Currencies);
            }
            Benefit::Percentage(_) | Benefit::Fixed(_) => {}
        }
        let begins = self.valid_from.map_or(self.created_at, |from| from.max(self.created_at));
        if self.valid_until.is_some_and(|until| until <= begins) {
            return Err(CouponTermsError::Validity);
        }
        if self.uses_max.is_some_and(|uses| !(1..=USES_MAX).contains(&uses)) {
            return Err(CouponTermsError::Uses);
        }
        if self.uses_per_user_max.is_some_and(|uses| !(1..=USES_PER_USER_MAX).contains(&uses)) {
            return Err(CouponTermsError::UsesPerUser);
        }
        Ok(())
    }

    /// What it takes away from places of this show that cost `subtotal`; never more than they cost. Its uses are another question:
    /// only the write that counts one can answer it.
    pub fn discount(&self, subtotal: &Money, show: &Show, now: Timestamp) -> Result<Money, CouponError> {
        self.is_for(show, now)?;
        if let Some(minimum) = &self.minimum {
            if minimum.currency != subtotal.currency {
                return Err(CouponRefusal::OtherCurrency.into());
            }
            if subtotal.amount < minimum.amount {
                return Err(CouponRefusal::BelowMinimum(minimum.clone()).into());
            }
        }
        match &self.benefit {
            Benefit::Percentage(rate) => Ok(subtotal.share_half_up(*rate)?),
            Benefit::Fixed(amount) if amount.currency != subtotal.currency => Err(CouponRefusal::OtherCurrency.into()),
            Benefit::Fixed(amount) => Ok(Money { amount: amount.amount.min(subtotal.amount), currency: subtotal.currency.clone() }),
        }
    }

    /// What places of this show cost with it that cost `quote` without it.
    pub fn quote(&self, quote: &Quote, show: &Show, now: Timestamp) -> Result<Quote, CouponError> {
        let discount = self.discount(&quote.subtotal, show, now)?;
        Ok(quote.discounted(discount, show.charges)?)
    }

    fn is_for(&self, show: &Show, now: Timestamp) -> Result<(), CouponRefusal> {
        if self.organization != show.organization {
            return Err(CouponRefusal::Unknown);
        }
        match self.status {
            CouponStatus::Active => {}
            CouponStatus::Disabled => return Err(CouponRefusal::Disabled),
        }
        if self.event.as_ref().is_some_and(|event| *event != show.event) {
            return Err(CouponRefusal::OtherEvent);
        }
        if let Some(from) = self.valid_from.filter(|from| now < *from) {
            return Err(CouponRefusal::NotYetValid(from));
        }
        match self.valid_until.filter(|until| *until <= now) {
            Some(until) => Err(CouponRefusal::Expired(until)),
            None => Ok(()),
        }
    }

    /// Whether its uses are counted.
    pub fn is_counted(&self) -> bool {
        self.uses_max.is_some() || self.uses_per_user_max.is_some()
    }

    /// Over how many items its uses are counted; none if it has no limit in all.
    pub fn shards(&self) -> u8 {
        let wanted = |uses: u32| u8::try_from(uses / USES_PER_SHARD_MIN).unwrap_or(SHARDS_MAX).clamp(1, SHARDS_MAX);
        self.uses_max.map_or(0, wanted)
    }

    /// How many uses this shard has. The quotas of all shards are the coupon's uses, and each is one at least.
    pub fn quota(&self, shard: u8) -> u32 {
        let shards = u32::from(self.shards().max(1));
        let uses = self.uses_max.unwrap_or(0);
        uses / shards + u32::from(u32::from(shard) < uses % shards)
    }

    /// Refuses whoever comes too late, by what was counted.
    pub fn has_room(&self, uses: &CouponUses) -> Result<(), CouponRefusal> {
        if self.uses_per_user_max.is_some_and(|most| uses.by_user >= most) {
            return Err(CouponRefusal::UsedByYou);
        }
        let is_full = self.uses_max.is_some() && self.shards_with_room(uses, 0).is_empty();
        if is_full { Err(CouponRefusal::UsedUp) } else { Ok(()) }
    }

    /// The shards that are worth a try, from the `first` one on and round: a crowd that begins everywhere meets less.
    pub fn shards_with_room(&self, uses: &CouponUses, first: usize) -> Vec<u8> {
        let taken = |shard: &u8| uses.by_shard.get(usize::from(*shard)).copied().unwrap_or(0);
        let mut shards: Vec<u8> = (0..self.shards()).collect();
        let middle = first.checked_rem(shards.len()).unwrap_or(0);
        shards.rotate_left(middle);
        shards.retain(|shard| taken(shard) < self.quota(*shard));
        shards
    }

    /// One use of it, counted in this shard.
    pub fn use_in(&self, shard: Option<u8>) -> CouponUse {
        CouponUse { code: self.code.clone(), shard, by_user: self.uses_per_user_max.is_some() }
    }
}

impl Booking {
    /// The same booking with this coupon: another price, so another payment, to be made with this provider if anything is left to pay.
    /// Where its use is counted the store decides.
    pub fn with_coupon(self, coupon: &Coupon, show: &Show, provider: Provider, now: Timestamp) -> Result<Self, CouponError> {
        let quote = coupon.quote(&self.quote, show, now)?;
        let cheaper = Self { quote, coupon: Some(coupon.use_in(None)), ..self };
        let payment = cheaper.id.payment_id(1, cheaper.provider(provider)).with_coupon(&coupon.code);
        Ok(Self { payment, ..cheaper })
    }
}

#[cfg(test)]
mod tests;
