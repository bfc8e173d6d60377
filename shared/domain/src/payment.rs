//! The money of a booking, as we know it, and what is to be done about it.

use crate::booking::{Booking, BookingStatus};
use crate::dispute::{Dispute, DisputeStatus};
use crate::id::{BookingId, OrganizationId, PaymentId, ShowId, UserId};
use crate::money::Money;
use jiff::Timestamp;

/// Who moves the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// Stripe.
    Stripe,
    /// Razorpay.
    Razorpay,
    /// Our own, for local work and demonstrations; refused in production.
    Sandbox,
    /// Nobody: there is nothing to pay. Cannot be asked for.
    Free,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Stripe, Self::Razorpay, Self::Sandbox, Self::Free];

    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::Razorpay => "razorpay",
            Self::Sandbox => "sandbox",
            Self::Free => "free",
        }
    }
}

/// Where a payment is in its life.
///
/// | from | what happens | to |
/// |---|---|---|
/// | CREATED, DECLINED | the buyer's bank sets the money aside | AUTHORIZED |
/// | CREATED, AUTHORIZED, DECLINED | it is given up | VOIDED |
/// | CREATED | the bank says no | DECLINED |
/// | CREATED, AUTHORIZED, DECLINED | the money is taken | CAPTURED |
/// | VOIDED | … all the same: it goes back | CAPTURED |
/// | CAPTURED | all of it is back with the buyer | REFUNDED |
/// | CREATED, DECLINED | the buyer tries again, with another payment | SUPERSEDED |
/// | SUPERSEDED | given up at the provider; or paid all the same, so that it has to go back | VOIDED, CAPTURED |
///
/// REFUNDED is final unless a refund comes back: then the payment is CAPTURED again, by the refund and by no report. Final is CAPTURED, too,
/// while its booking is confirmed; of a CAPTURED payment parts may have gone back, each
/// a refund of its own. DECLINED is not: banks change their mind, and the buyer may try again. A SUPERSEDED payment confirms
/// nothing any more, whatever the provider says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// The provider knows of it.
    Created,
    /// The money is set aside for us.
    Authorized,
    /// The money is ours.
    Captured,
    /// Given up before any money moved.
    Voided,
    /// The bank said no.
    Declined,
    /// The money went back.
    Refunded,
    /// Another payment was begun in its place.
    Superseded,
}

impl PaymentStatus {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Created, Self::Authorized, Self::Captured, Self::Voided, Self::Declined, Self::Refunded, Self::Superseded];

    /// Whether a payment in this state may go to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use PaymentStatus as S;
        match (self, next) {
            (S::Created, S::Authorized | S::Voided | S::Declined | S::Captured | S::Superseded)
            | (S::Authorized | S::Superseded, S::Voided | S::Captured)
            | (S::Voided, S::Captured)
            | (S::Declined, S::Authorized | S::Voided | S::Captured | S::Superseded)
            | (S::Captured, S::Refunded) => true,
            (S::Created | S::Authorized | S::Captured | S::Voided | S::Declined | S::Refunded | S::Superseded, _) => false,
        }
    }

    /// The states that may go to `next`: what the store's condition repeats.
    pub fn before(next: Self) -> Vec<Self> {
        Self::ALL.into_iter().filter(|status| status.may_become(next)).collect()
    }

    /// Whether money is set aside or taken, so that a booking may be confirmed for it.
    pub fn pays(self) -> bool {
        match self {
            Self::Authorized | Self::Captured => true,
            Self::Created | Self::Voided | Self::Declined | Self::Refunded | Self::Superseded => false,
        }
    }

    /// Whether the money left the buyer, whatever went back since.
    pub fn was_taken(self) -> bool {
        match self {
            Self::Captured | Self::Refunded => true,
            Self::Created | Self::Authorized | Self::Voided | Self::Declined | Self::Superseded => false,
        }
    }

    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Authorized => "AUTHORIZED",
            Self::Captured => "CAPTURED",
            Self::Voided => "VOIDED",
            Self::Declined => "DECLINED",
            Self::Refunded => "REFUNDED",
            Self::Superseded => "SUPERSEDED",
        }
    }
}

/// One attempt to pay for a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Key.
    pub id: PaymentId,
    /// For what.
    pub booking: BookingId,
    /// Of which show.
    pub show: ShowId,
    /// Whose.
    pub user: UserId,
    /// Who sells what it pays for.
    pub organization: OrganizationId,
    /// Through whom.
    pub provider: Provider,
    /// What the provider calls it.
    pub provider_reference: String,
    /// How much.
    pub amount: Money,
    /// What the provider took, in minor units; zero until it is captured.
    pub captured: i64,
    /// What the buyer's bank wants back, or did.
    pub dispute: Option<Dispute>,
    /// What of it went back or is about to, in minor units.
    pub refunded: i64,
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Payment {
    /// Whether the buyer's bank wants its money back and has not decided.
    pub fn is_disputed(&self) -> bool {
        self.dispute.as_ref().is_some_and(|dispute| dispute.status == DisputeStatus::Open)
    }

    /// What the buyer's bank keeps, in minor units.
    pub fn charged_back(&self) -> i64 {
        self.dispute.as_ref().filter(|dispute| dispute.status == DisputeStatus::Lost).map_or(0, |dispute| dispute.amount)
    }
}

/// What is to be done about a payment, given its booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentAction {
    /// Take the money that was set aside.
    Capture,
    /// Give up what was set aside, or what may still be.
    Void,
    /// See to it that what is owed to the buyer goes back.
    Refund,
    /// Call the booking off: its money is gone for good.
    CallOff,
    /// Ask the provider again later.
    Wait,
    /// Nothing more, ever.
    Done,
}

/// What is to be done. Decided by state alone, so that a repeated message changes nothing.
pub fn next_action(booking: &Booking, payment: &Payment) -> PaymentAction {
    use BookingStatus as B;
    use PaymentAction as A;
    use PaymentStatus as P;
    if !booking.is_paid_by(payment) {
        return match payment.status {
            P::Created | P::Authorized | P::Declined | P::Superseded => A::Void,
            P::Captured => A::Refund,
            P::Voided | P::Refunded => A::Done,
        };
    }
    match (booking.status, payment.status) {
        // Whatever we know of a confirmed booking's money: taking it tells whether it is there.
        (B::Confirmed, P::Created | P::Authorized | P::Declined) => A::Capture,
        (B::Confirmed, P::Voided) => A::CallOff,
        (B::Confirmed, P::Captured) if payment.refunded > 0 => A::Refund,
        (B::Confirmed, P::Captured) | (_, P::Voided | P::Refunded) => A::Done,
        (B::Cancelled | B::Expired | B::Refunded | B::PartiallyRefunded, P::Created | P::Authorized | P::Declined) | (_, P::Superseded) => {
            A::Void
        }
        (B::Cancelled | B::Expired | B::Refunded | B::PartiallyRefunded, P::Captured) => A::Refund,
        (B::Pending, P::Created | P::Authorized | P::Captured | P::Declined) => A::Wait,
    }
}

/// How much of a captured payment ought to go back in all, in minor units: what was taken back of the booking that it pays for; all
/// of it if it pays for none. What the buyer's bank took by itself is not owed again.
pub fn owed_back(booking: Option<&Booking>, payment: &Payment) -> i64 {
    let owed = match booking.filter(|booking| booking.is_paid_by(payment)) {
        Some(booking) if booking.confirmed_at.is_some() || booking.is_pending() => booking.returned.total(),
        Some(_) | None => payment.captured,
    };
    let taken = payment.dispute.as_ref().map_or(0, |dispute| match dispute.status {
        DisputeStatus::Open | DisputeStatus::Lost => dispute.amount,
        DisputeStatus::Won => 0,
    });
    (owed - taken).max(0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::id::{EventId, HoldId, ID_ENTROPY_BYTES};
    use crate::quote::Quote;

    pub(crate) fn booking(status: BookingStatus) -> Booking {
        let id = HoldId::from_entropy([7; ID_ENTROPY_BYTES]).booking_id();
        let money = || Money { amount: 50_000, currency: "INR".parse().unwrap() };
        Booking {
            payment: id.payment_id(2, Provider::Sandbox),
            id,
            user: UserId::from_subject("00000000-0000-4000-8000-000000000001").unwrap(),
            show: ShowId::from_entropy([1; ID_ENTROPY_BYTES]),
            event: EventId::from_entropy([2; ID_ENTROPY_BYTES]),
            organization: OrganizationId::from_entropy([3; ID_ENTROPY_BYTES]),
            coupon: None,
            returned: crate::refund::Split::zero(&money().currency),
            places: Vec::new(),
            quote: Quote { subtotal: money(), discount: money(), fee: money(), tax: money(), total: money() },
            seat_limit: 6,
            status,
            cancel_reason: None,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH,
            confirmed_at: None,
            cancelled_at: None,
        }
    }

    fn payment(booking: &Booking, attempt: u32, status: PaymentStatus) -> Payment {
        Payment {
            id: booking.id.payment_id(attempt, Provider::Sandbox),
            booking: booking.id.clone(),
            show: booking.show.clone(),
            user: booking.user.clone(),
            organization: booking.organization.clone(),
            captured: 0,
            dispute: None,
            refunded: 0,
            provider: Provider::Sandbox,
            provider_reference: String::new(),
            amount: booking.quote.total.clone(),
            status,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn nobody_is_charged_unless_the_booking_is_confirmed_and_paid_by_this() {
        for (booking, attempt) in BookingStatus::ALL.into_iter().flat_map(|status| [1, 2].map(|attempt| (booking(status), attempt))) {
            for status in PaymentStatus::ALL {
                let action = next_action(&booking, &payment(&booking, attempt, status));
                let paid_by_this = attempt == 2 && status != PaymentStatus::Superseded;
                if action == PaymentAction::Capture {
                    assert!(booking.status == BookingStatus::Confirmed && paid_by_this);
                }
                let wanted = matches!(booking.status, BookingStatus::Confirmed | BookingStatus::Pending);
                if status == PaymentStatus::Captured && !(paid_by_this && wanted) {
                    assert_eq!(action, PaymentAction::Refund);
                }
            }
        }
    }

    #[test]
    fn nobody_keeps_a_confirmed_booking_unpaid() {
        let booking = booking(BookingStatus::Confirmed);
        for status in PaymentStatus::ALL {
            let is_settled = matches!(status, PaymentStatus::Captured | PaymentStatus::Refunded);
            let action = next_action(&booking, &payment(&booking, 2, status));
            assert_eq!(action == PaymentAction::Done, is_settled, "{status:?}");
        }
    }

    #[test]
    fn final_payments_stay_as_they_are() {
        assert!(PaymentStatus::ALL.into_iter().all(|next| !PaymentStatus::Refunded.may_become(next)));
        let after_void: Vec<_> = PaymentStatus::ALL.into_iter().filter(|next| PaymentStatus::Voided.may_become(*next)).collect();
        assert_eq!(after_void, [PaymentStatus::Captured]);
        assert_eq!(PaymentStatus::before(PaymentStatus::Refunded), [PaymentStatus::Captured]);
    }
}
