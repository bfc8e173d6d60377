//! What is bought together; becomes of a hold.

use crate::coupon::CouponUse;
use crate::hold::{HeldPlace, Hold};
use crate::id::{BookingId, EventId, HoldId, OrganizationId, PaymentId, ShowId, UserId};
use crate::payment::{Payment, PaymentStatus, Provider};
use crate::quote::Quote;
use crate::refund::Split;
use crate::seat::SeatId;
use crate::show::Show;
use jiff::Timestamp;

/// How often one booking may be tried to be paid.
pub const ATTEMPTS_MAX: u32 = 8;

/// Where a booking is in its life.
///
/// | from | what happens | to |
/// |---|---|---|
/// | PENDING | paid, and every place is ours | CONFIRMED |
/// | PENDING | not paid, and given up some time after the hold ran out | EXPIRED |
/// | PENDING | paid, but a place is lost; or called off | CANCELLED |
/// | CONFIRMED | called off | CANCELLED |
/// | CANCELLED | all of the money went back; or as much as the terms say | REFUNDED; `PARTIALLY_REFUNDED` |
/// | `PARTIALLY_REFUNDED` | the organizer gives the rest back | REFUNDED |
///
/// A booking whose hold ran out stays PENDING for a while: a payment that arrives late keeps its places if nobody else
/// took them. EXPIRED is the decision to wait no longer; money that still arrives goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BookingStatus {
    /// Waits for the money.
    Pending,
    /// Paid; the places are sold.
    Confirmed,
    /// Called off; nobody keeps money for it.
    Cancelled,
    /// Not paid in time; money that still arrives goes back.
    Expired,
    /// Called off after the money was taken, and the money went back.
    Refunded,
    /// Called off after the money was taken; what the terms give back went back.
    PartiallyRefunded,
}

impl BookingStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Pending, Self::Confirmed, Self::Cancelled, Self::Expired, Self::Refunded, Self::PartiallyRefunded];

    /// Whether a booking in this state may go to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use BookingStatus as S;
        match (self, next) {
            (S::Pending, S::Confirmed | S::Cancelled | S::Expired)
            | (S::Confirmed, S::Cancelled)
            | (S::Cancelled, S::Refunded | S::PartiallyRefunded)
            | (S::PartiallyRefunded, S::Refunded) => true,
            (S::Pending | S::Confirmed | S::Cancelled | S::Expired | S::Refunded | S::PartiallyRefunded, _) => false,
        }
    }

    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
            Self::Expired => "EXPIRED",
            Self::Refunded => "REFUNDED",
            Self::PartiallyRefunded => "PARTIALLY_REFUNDED",
        }
    }
}

/// Why a booking was called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CancelReason {
    /// The buyer wanted it.
    Owner,
    /// The payment came, but somebody else had a place by then.
    PlacesLost,
    /// The payment came, but the owner has as many places as one person may have.
    SeatLimit,
    /// The payment came, but the show was called off.
    ShowClosed,
    /// The provider reported another amount than ours.
    WrongAmount,
    /// The provider gave the money up before it could be taken.
    PaymentLost,
    /// The organizer, or an admin, wanted it.
    Organizer,
    /// The show was called off after the booking was paid.
    ShowCancelled,
    /// The buyer's bank took the money back.
    ChargedBack,
}

/// What is bought together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Key; shares its body with the hold it came from.
    pub id: BookingId,
    /// Whose.
    pub user: UserId,
    /// Of which show.
    pub show: ShowId,
    /// Of which event.
    pub event: EventId,
    /// Who sells it.
    pub organization: OrganizationId,
    /// What.
    pub places: Vec<HeldPlace>,
    /// For how much.
    pub quote: Quote,
    /// The coupon that made it cheaper.
    pub coupon: Option<CouponUse>,
    /// What of it was taken back since it was confirmed.
    pub returned: Split,
    /// How many places one person may have of this show.
    pub seat_limit: u8,
    /// Where it is in its life.
    pub status: BookingStatus,
    /// Why it was called off.
    pub cancel_reason: Option<CancelReason>,
    /// The payment that is tried now.
    pub payment: PaymentId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when its places are held.
    pub expires_at: Timestamp,
    /// When it was paid.
    pub confirmed_at: Option<Timestamp>,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
}

impl Booking {
    /// What a hold becomes, with this provider for the first try to pay, if there is anything to pay.
    pub fn of(hold: &Hold, show: &Show, provider: Provider, now: Timestamp) -> Self {
        let id = hold.id.booking_id();
        let provider = provider_of(&hold.quote, provider);
        Self {
            user: hold.user.clone(),
            show: hold.show.clone(),
            event: show.event.clone(),
            organization: show.organization.clone(),
            places: hold.places.clone(),
            quote: hold.quote.clone(),
            coupon: None,
            returned: Split::zero(&hold.quote.total.currency),
            seat_limit: show.seat_limit,
            status: BookingStatus::Pending,
            cancel_reason: None,
            payment: id.payment_id(1, provider),
            created_at: now,
            expires_at: hold.expires_at,
            confirmed_at: None,
            cancelled_at: None,
            id,
        }
    }

    /// Who moves its money, if the buyer wants this provider: where there is nothing to pay, nobody.
    pub fn provider(&self, wanted: Provider) -> Provider {
        provider_of(&self.quote, wanted)
    }

    /// The places' names.
    pub fn seats(&self) -> impl Iterator<Item = &SeatId> {
        self.places.iter().map(|place| &place.seat)
    }

    /// Whether it waits for its money.
    pub fn is_pending(&self) -> bool {
        self.status == BookingStatus::Pending
    }

    /// The hold that became this booking.
    pub fn hold(&self) -> HoldId {
        self.id.holder().hold_id()
    }

    /// Whether this is the payment that the booking waits for or was paid with.
    pub fn is_paid_by(&self, payment: &Payment) -> bool {
        self.payment == payment.id && payment.status != PaymentStatus::Superseded
    }

    /// The payment to try next, with this provider; none after too many.
    pub fn next_payment(&self, provider: Provider) -> Option<PaymentId> {
        let is_now = |attempt: &u32| Provider::ALL.iter().any(|provider| self.payment_of(*attempt, *provider) == self.payment);
        (1..ATTEMPTS_MAX).find(is_now).map(|attempt| self.payment_of(attempt + 1, provider))
    }

    fn payment_of(&self, attempt: u32, provider: Provider) -> PaymentId {
        let payment = self.id.payment_id(attempt, provider);
        self.coupon.iter().fold(payment, |payment, coupon| payment.with_coupon(&coupon.code))
    }

    /// What is sold by it and was not taken back.
    pub fn rest(&self) -> Split {
        self.quote.split().minus(&self.returned).expect("no more is taken back than was sold")
    }
}

/// No provider takes a payment of nothing.
fn provider_of(quote: &Quote, wanted: Provider) -> Provider {
    if quote.total.amount == 0 { Provider::Free } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_try_is_a_payment_of_its_own_and_there_are_not_too_many() {
        let id = HoldId::from_entropy([7; crate::id::ID_ENTROPY_BYTES]).booking_id();
        let mut tried = std::collections::BTreeSet::new();
        let mut next = Some(id.payment_id(1, Provider::Stripe));
        let mut providers = Provider::ALL.into_iter().cycle();
        while let Some(payment) = next {
            assert!(tried.insert(payment.clone()));
            next = Booking { payment, ..crate::payment::tests::booking(BookingStatus::Pending) }.next_payment(providers.next().unwrap());
        }
        assert_eq!(tried.len(), ATTEMPTS_MAX as usize);

        let coupon = Some(CouponUse { code: "WELCOME10".parse().unwrap(), shard: None, by_user: false });
        let first = id.payment_id(1, Provider::Stripe).with_coupon(&"WELCOME10".parse().unwrap());
        let mut next = Some(first);
        while let Some(payment) = next {
            assert!(tried.insert(payment.clone()), "another amount is another payment");
            let booking = Booking { payment, coupon: coupon.clone(), ..crate::payment::tests::booking(BookingStatus::Pending) };
            next = booking.next_payment(Provider::Razorpay);
        }
        assert_eq!(tried.len(), 2 * ATTEMPTS_MAX as usize);
    }

    #[test]
    fn every_pair_of_states_is_decided_as_the_table_says() {
        use BookingStatus as S;
        let mut allowed = Vec::new();
        for from in BookingStatus::ALL {
            for to in BookingStatus::ALL {
                if from.may_become(to) {
                    allowed.push((from, to));
                }
            }
        }
        let expected = [
            (S::Pending, S::Confirmed),
            (S::Pending, S::Cancelled),
            (S::Pending, S::Expired),
            (S::Confirmed, S::Cancelled),
            (S::Cancelled, S::Refunded),
            (S::Cancelled, S::PartiallyRefunded),
            (S::PartiallyRefunded, S::Refunded),
        ];
        assert_eq!(allowed, expected);
    }
}
