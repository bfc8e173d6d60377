//! Coupons at the door: from what a buyer typed to a price, or to why not.

use crate::context::App;
use crate::problem::{Problem, ProblemKind};
use domain::booking::Booking;
use domain::coupon::{Coupon, CouponCode, CouponError, CouponRefusal, CouponUses};
use domain::hold::Hold;
use domain::quote::Quote;
use domain::show::Show;
use domain::text::Text;
use jiff::Timestamp;
use store::{CreateCouponError, RedeemError};

/// What a hold and a coupon come to.
#[derive(Debug)]
pub enum Redeemable {
    /// The hold became this booking before, with this coupon.
    Booked(Box<Booking>),
    /// The hold may become a booking with it.
    Open(Box<Redemption>),
}

/// A coupon that fits a hold.
#[derive(Debug)]
pub struct Redemption {
    /// Its terms.
    pub coupon: Coupon,
    /// How often it was used a moment ago.
    pub uses: CouponUses,
    /// What the hold costs with it.
    pub quote: Quote,
}

impl App {
    /// What a hold costs with the coupon that its owner typed, or why the coupon is not accepted. Writes nothing: that its uses are
    /// looked at keeps people from beginning a payment in vain, and the write that makes the booking decides.
    pub async fn redeemable(&self, hold: &Hold, show: &Show, typed: &Text<1, 40>, now: Timestamp) -> Result<Redeemable, Problem> {
        let booked = |booking: Box<Booking>| same_coupon(&booking, typed).map(|()| Redeemable::Booked(booking));
        let id = hold.id.booking_id();
        if let Some(booking) = self.store.booking_of(&hold.user, &id).await? {
            return booked(Box::new(booking));
        }
        // What cannot be a code does not exist, and nobody is told which codes other organizations have.
        let code: CouponCode = typed.as_str().parse().map_err(|_| CouponRefusal::Unknown)?;
        let coupon = self.store.coupon(&show.organization, &code).await?.ok_or(CouponRefusal::Unknown)?;
        let quote = coupon.quote(&hold.quote, show, now)?;
        match self.store.room_for(&hold.user, &id, &coupon).await {
            Ok(uses) => Ok(Redeemable::Open(Box::new(Redemption { coupon, uses, quote }))),
            Err(RedeemError::Exists(booking)) => booked(booking),
            Err(RedeemError::Refused(refusal)) => Err(refusal.into()),
            Err(RedeemError::Database(error)) => Err(error.into()),
        }
    }
}

/// Refuses a coupon that is not the one of a booking that exists: its price is what its payment was begun with.
pub fn same_coupon(booking: &Booking, typed: &Text<1, 40>) -> Result<(), Problem> {
    let typed: Option<CouponCode> = typed.as_str().parse().ok();
    if booking.coupon.as_ref().map(|used| &used.code) == typed.as_ref() && typed.is_some() {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::StateConflict)
        .detail("You have booked these places without this coupon. Call that booking off and hold them again to use it.")
        .with("bookingId", &booking.id)
        .with("bookingStatus", booking.status))
}

impl From<CouponRefusal> for Problem {
    fn from(refusal: CouponRefusal) -> Self {
        let problem = Self::new(ProblemKind::CouponRefused).with("reason", refusal.reason());
        match refusal {
            CouponRefusal::Unknown => problem.detail("There is no such coupon."),
            CouponRefusal::NotYetValid(from) => problem.detail("The coupon is not valid yet.").with("validFrom", from),
            CouponRefusal::Expired(until) => problem.detail("The coupon is no longer valid.").with("validUntil", until),
            CouponRefusal::Disabled => problem.detail("The coupon was withdrawn."),
            CouponRefusal::OtherEvent => problem.detail("The coupon is for another event."),
            CouponRefusal::BelowMinimum(minimum) => {
                problem.detail("These places cost less than the coupon asks for.").with("minimum", minimum)
            }
            CouponRefusal::UsedUp => problem.detail("The coupon is used up. A use that somebody does not pay for comes back."),
            CouponRefusal::UsedByYou => problem.detail("You have used the coupon as often as one person may."),
            CouponRefusal::OtherCurrency => problem.detail("The coupon is for prices in another currency."),
        }
    }
}

impl From<CouponError> for Problem {
    fn from(error: CouponError) -> Self {
        match error {
            CouponError::Refused(refusal) => refusal.into(),
            CouponError::Money(error) => Self::internal(error),
        }
    }
}

impl From<CreateCouponError> for Problem {
    fn from(error: CreateCouponError) -> Self {
        match error {
            CreateCouponError::Exists => Self::new(ProblemKind::StateConflict).detail("Your organization has a coupon with this code."),
            CreateCouponError::Database(error) => error.into(),
        }
    }
}
