//! The money of a booking, as we know it, and what is to be done about it.

use crate::booking::BookingStatus;
use crate::id::{BookingId, PaymentId, UserId};
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
}

/// Where a payment is in its life.
///
/// | from | what happens | to |
/// |---|---|---|
/// | CREATED, DECLINED | the buyer's bank sets the money aside | AUTHORIZED |
/// | CREATED, AUTHORIZED, DECLINED | it is given up | VOIDED |
/// | CREATED | the bank says no | DECLINED |
/// | CREATED, AUTHORIZED, DECLINED | the money is taken | CAPTURED |
/// | CAPTURED | the money goes back | REFUNDED |
///
/// VOIDED and REFUNDED are final, and so is CAPTURED while its booking is confirmed. DECLINED is not: banks change their
/// mind, and the buyer may try again.
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
}

impl PaymentStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Created, Self::Authorized, Self::Captured, Self::Voided, Self::Declined, Self::Refunded];

    /// Whether a payment in this state may go to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use PaymentStatus as S;
        match (self, next) {
            (S::Created, S::Authorized | S::Voided | S::Declined | S::Captured)
            | (S::Authorized, S::Voided | S::Captured)
            | (S::Declined, S::Authorized | S::Voided | S::Captured)
            | (S::Captured, S::Refunded) => true,
            (S::Created | S::Authorized | S::Captured | S::Voided | S::Declined | S::Refunded, _) => false,
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
            Self::Created | Self::Voided | Self::Declined | Self::Refunded => false,
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
    /// Whose.
    pub user: UserId,
    /// Through whom.
    pub provider: Provider,
    /// What the provider calls it.
    pub provider_reference: String,
    /// How much.
    pub amount: Money,
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What is to be done about a payment, given its booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentAction {
    /// Take the money that was set aside.
    Capture,
    /// Give up what was set aside, or what may still be.
    Void,
    /// Send the money back.
    Refund,
    /// Call the booking off: its money is gone for good.
    CallOff,
    /// Ask the provider again later.
    Wait,
    /// Nothing more, ever.
    Done,
}

/// What is to be done. Decided by state alone, so that a repeated message changes nothing.
pub fn next_action(booking: BookingStatus, payment: PaymentStatus) -> PaymentAction {
    use BookingStatus as B;
    use PaymentAction as A;
    use PaymentStatus as P;
    match (booking, payment) {
        // Whatever we know of a confirmed booking's money: taking it tells whether it is there.
        (B::Confirmed, P::Created | P::Authorized | P::Declined) => A::Capture,
        (B::Confirmed, P::Voided) => A::CallOff,
        (B::Confirmed, P::Captured) | (_, P::Voided | P::Refunded) => A::Done,
        (B::Cancelled | B::Expired | B::Refunded, P::Created | P::Authorized | P::Declined) => A::Void,
        (B::Cancelled | B::Expired | B::Refunded, P::Captured) => A::Refund,
        (B::Pending, P::Created | P::Authorized | P::Captured | P::Declined) => A::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_charged_unless_the_booking_is_confirmed() {
        for booking in BookingStatus::ALL {
            for payment in PaymentStatus::ALL {
                if next_action(booking, payment) == PaymentAction::Capture {
                    assert_eq!(booking, BookingStatus::Confirmed);
                }
                if payment == PaymentStatus::Captured && !matches!(booking, BookingStatus::Confirmed | BookingStatus::Pending) {
                    assert_eq!(next_action(booking, payment), PaymentAction::Refund);
                }
            }
        }
    }

    #[test]
    fn nobody_keeps_a_confirmed_booking_unpaid() {
        for payment in PaymentStatus::ALL {
            let is_settled = matches!(payment, PaymentStatus::Captured | PaymentStatus::Refunded);
            assert_eq!(next_action(BookingStatus::Confirmed, payment) == PaymentAction::Done, is_settled, "{payment:?}");
        }
    }

    #[test]
    fn final_payments_stay_as_they_are() {
        for last in [PaymentStatus::Voided, PaymentStatus::Refunded] {
            assert!(PaymentStatus::ALL.into_iter().all(|next| !last.may_become(next)));
        }
        assert_eq!(
            PaymentStatus::before(PaymentStatus::Captured),
            [PaymentStatus::Created, PaymentStatus::Authorized, PaymentStatus::Declined]
        );
    }
}
