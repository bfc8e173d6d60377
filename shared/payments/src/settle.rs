//! From what a provider reports to what becomes of the booking. The web hook, `/confirm` and the reconciler all run
//! this; whoever comes first wins, the others find it done.
//!
//! Every step is idempotent and keyed by the booking's holder, so the run may stop anywhere and start again:
//! record the payment → sell each block → confirm in one transaction. If a place is lost the booking is called off
//! *before* what was sold is freed: from then on no other run can confirm it (docs/decisions/0004).

use crate::lost::is_lost;
use crate::provider::{ProviderError, Providers, Report};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::id::{BookingId, PaymentId, UserId};
use domain::payment::{Payment, PaymentAction, PaymentStatus, next_action};
use domain::show::HOLD_SECONDS_MAX;
use jiff::{SignedDuration, Timestamp};
use store::{ConfirmError, DatabaseError, Due, MoveBookingError, MovePaymentError, SellError, Store};

/// No function that sells runs longer than 60 seconds (`template.yaml`), and no request of one that was ended arrives half a minute
/// after it: then nobody can be selling places for a booking any more that was given up.
pub(crate) const CLEAN_UP_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// Banks take weeks to decide.
pub(crate) const ASK_ABOUT_DISPUTE_EVERY: SignedDuration = SignedDuration::from_hours(6);

/// Why a payment could not be settled now; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The provider could not do it.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Settles payments. Cheap to clone.
#[derive(Clone)]
pub struct Settler {
    /// Where bookings and payments are.
    pub store: Store,
    /// Who moves the money.
    pub providers: Providers,
    /// How long a payment is left alone before the reconciler asks about it, and between its questions.
    pub ask_every: SignedDuration,
    /// How long after its hold ran out a booking still waits for a late payment.
    pub wait_for_late: SignedDuration,
}

impl Settler {
    /// Applies a provider's report to a booking and its payment. Returns the booking as it is then.
    pub async fn settle(&self, booking: Booking, payment: &Payment, report: &Report, now: Timestamp) -> Result<Booking, SettleError> {
        if report.status == PaymentStatus::Created {
            return Ok(booking);
        }
        let recorded = self.record(payment, report, now).await?;
        // What the provider says now may be late: a payment that we gave up confirms nothing, whatever arrives for it.
        if !(report.status.pays() && recorded.status.pays()) {
            return Ok(booking);
        }
        if !booking.is_paid_by(&recorded) {
            // The buyer pays in another way by now: this money goes back.
            self.store.set_payment_due(&payment.id, Some(now)).await?;
            return Ok(booking);
        }
        match booking.status {
            BookingStatus::Pending if report.amount != booking.quote.total => self.give_up(&booking, CancelReason::WrongAmount, now).await,
            BookingStatus::Pending => Box::pin(self.confirm(booking, now)).await,
            BookingStatus::Confirmed => Ok(booking),
            BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {
                // Money for a booking that nobody waits for any more: the reconciler sends it back.
                self.store.set_payment_due(&payment.id, Some(now)).await?;
                Ok(booking)
            }
        }
    }

    /// Writes down what the provider says, unless the payment is past that already. Returns the payment as it is then. That money
    /// went back is ours to say: each refund says it of itself.
    pub(crate) async fn record(&self, payment: &Payment, report: &Report, now: Timestamp) -> Result<Payment, SettleError> {
        let moved = match report.status {
            PaymentStatus::Captured | PaymentStatus::Refunded => {
                self.store.capture_payment(payment, &report.amount, Due::AsBefore, now).await
            }
            PaymentStatus::Created
            | PaymentStatus::Authorized
            | PaymentStatus::Voided
            | PaymentStatus::Declined
            | PaymentStatus::Superseded => self.store.move_payment(&payment.id, report.status).await,
        };
        match moved {
            Ok(payment) => Ok(payment),
            Err(MovePaymentError::WrongState(payment)) => Ok(*payment),
            Err(MovePaymentError::Missing) => Err(ProviderError::Unknown.into()),
            Err(MovePaymentError::Database(error)) => Err(error.into()),
        }
    }

    async fn confirm(&self, booking: Booking, now: Timestamp) -> Result<Booking, SettleError> {
        match self.store.sell_places_of(&booking, now).await {
            Ok(()) => {}
            Err(SellError::Lost(_)) => return self.give_up(&booking, CancelReason::PlacesLost, now).await,
            Err(SellError::Closed) => return self.give_up(&booking, CancelReason::ShowClosed, now).await,
            Err(SellError::Database(error)) => return Err(error.into()),
        }
        match self.store.confirm_booking(&booking, now).await {
            Ok(()) => Ok(Booking { status: BookingStatus::Confirmed, confirmed_at: Some(now), ..booking }),
            Err(ConfirmError::SeatLimit) => self.give_up(&booking, CancelReason::SeatLimit, now).await,
            Err(ConfirmError::WrongState) => self.after_another_run(booking).await,
            Err(ConfirmError::Database(error)) => Err(error.into()),
        }
    }

    /// Calls the booking off, then frees what was sold for it. In this order: once it is called off no other run can
    /// confirm it, and only then may its places go.
    async fn give_up(&self, booking: &Booking, reason: CancelReason, now: Timestamp) -> Result<Booking, SettleError> {
        match self.store.cancel_unconfirmed(booking, reason, now).await {
            Ok(cancelled) => {
                self.store.free_places_of(&cancelled).await?;
                Ok(cancelled)
            }
            Err(MoveBookingError::WrongState(_) | MoveBookingError::Missing) => self.after_another_run(booking.clone()).await,
            Err(MoveBookingError::Database(error)) => Err(error.into()),
        }
    }

    /// Another run was faster: its word counts. If it gave the booking up, what this run sold is freed.
    async fn after_another_run(&self, booking: Booking) -> Result<Booking, SettleError> {
        let current = self.store.booking_of(&booking.user, &booking.id).await?.unwrap_or(booking);
        match current.status {
            BookingStatus::Confirmed => {}
            BookingStatus::Pending => return Err(DatabaseError::Contended { operation: "confirm a booking" }.into()),
            BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {
                self.store.free_places_of(&current).await?;
            }
        }
        Ok(current)
    }

    /// Does what a booking's payment needs now: capture, void, refund or nothing. Decided by state, so a repeated message
    /// changes nothing.
    pub async fn follow_up(&self, user: &UserId, booking: &BookingId, now: Timestamp) -> Result<(), SettleError> {
        let Some(booking) = self.store.booking_of(user, booking).await? else { return Ok(()) };
        let Some(payment) = self.store.payment(&booking.payment).await? else { return Ok(()) };
        self.act(&booking, &payment, now).await
    }

    async fn act(&self, booking: &Booking, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        match next_action(booking, payment) {
            PaymentAction::Done if booking.status == BookingStatus::Confirmed => {
                self.leave_alone(payment, now).await?;
                self.look_again_unless_confirmed(booking, payment, now).await
            }
            PaymentAction::Done => self.see_off(booking, payment, now).await,
            PaymentAction::Wait => Ok(()),
            PaymentAction::CallOff => self.lose_payment(booking, payment, now).await,
            PaymentAction::Capture => {
                let captured = match provider.capture(payment).await {
                    Ok(report) => report.amount,
                    Err(ProviderError::WrongState(report)) if is_lost(report.status) => {
                        return self.lose_payment(booking, payment, now).await;
                    }
                    Err(error) => return Err(error.into()),
                };
                match self.store.capture_payment(payment, &captured, Due::Never, now).await {
                    Ok(_) | Err(MovePaymentError::WrongState(_) | MovePaymentError::Missing) => {}
                    Err(MovePaymentError::Database(error)) => return Err(error.into()),
                }
                self.look_again_unless_confirmed(booking, payment, now).await
            }
            PaymentAction::Void => {
                self.free_unless_wanted(booking).await?;
                match provider.void(payment).await {
                    // Taken at once by the buyer's bank: it has to go back instead.
                    Err(ProviderError::WrongState(report)) if report.status.was_taken() => {
                        let payment = self.record(payment, &report, now).await?;
                        self.send_back(Some(booking), &payment, now).await
                    }
                    Ok(report) | Err(ProviderError::WrongState(report)) => self.given_up(booking, payment, &report, now).await,
                    Err(error) => Err(error.into()),
                }
            }
            PaymentAction::Refund => {
                self.free_unless_wanted(booking).await?;
                self.send_back(Some(booking), payment, now).await
            }
        }
    }

    /// Nothing more is to be done, except that an open dispute is asked about now and then: its end may come without a web hook.
    pub(crate) async fn leave_alone(&self, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        if payment.is_disputed() {
            return Ok(self.store.set_payment_due(&payment.id, Some(now + ASK_ABOUT_DISPUTE_EVERY)).await?);
        }
        Ok(self.store.clear_payment_due(payment, now).await?)
    }

    /// Frees the places of a booking that is over. A payment can be given up while its booking lives on with another one.
    async fn free_unless_wanted(&self, booking: &Booking) -> Result<(), SettleError> {
        match booking.status {
            BookingStatus::Pending | BookingStatus::Confirmed => Ok(()),
            BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {
                Ok(self.store.free_places_of(booking).await?)
            }
        }
    }

    /// The money of a booking that is over went back in a run that still read it as confirmed: the rest is left to this one.
    async fn see_off(&self, booking: &Booking, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        match booking.status {
            BookingStatus::Pending | BookingStatus::Confirmed => return Ok(()),
            BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded | BookingStatus::PartiallyRefunded => {}
        }
        self.store.free_places_of(booking).await?;
        if booking.is_paid_by(payment) && booking.confirmed_at.is_some() {
            self.tell_refunded(booking, BookingStatus::Refunded).await?;
        }
        Ok(self.store.set_payment_due(&payment.id, Some(now + CLEAN_UP_AFTER)).await?)
    }

    /// The owner may have called the booking off while its money was taken: then the reconciler sends it back.
    async fn look_again_unless_confirmed(&self, booking: &Booking, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let current = self.store.booking_of(&booking.user, &booking.id).await?;
        if current.is_some_and(|current| current.status != BookingStatus::Confirmed) {
            self.store.set_payment_due(&payment.id, Some(now)).await?;
        }
        Ok(())
    }

    /// The money never left the buyer. The places are looked after once more when no run can be selling them any longer.
    async fn given_up(&self, booking: &Booking, payment: &Payment, report: &Report, now: Timestamp) -> Result<(), SettleError> {
        self.record(payment, report, now).await?;
        if booking.payment == payment.id && booking.confirmed_at.is_some() {
            self.tell_refunded(booking, BookingStatus::Refunded).await?;
        }
        Ok(self.store.set_payment_due(&payment.id, Some(now + CLEAN_UP_AFTER)).await?)
    }

    /// A booking that was called off after it was paid is over once nothing more is owed to its buyer.
    pub(crate) async fn tell_refunded(&self, booking: &Booking, to: BookingStatus) -> Result<(), SettleError> {
        if !booking.status.may_become(to) {
            return Ok(());
        }
        match self.store.refund_booking(booking, to).await {
            Ok(_) | Err(MoveBookingError::WrongState(_) | MoveBookingError::Missing) => Ok(()),
            Err(MoveBookingError::Database(error)) => Err(error.into()),
        }
    }

    /// Brings one payment that needs attention to its end, or closer to it. Lost web hooks, late authorisations and crashes
    /// between steps end here.
    pub async fn reconcile(&self, id: &PaymentId, now: Timestamp) -> Result<(), SettleError> {
        let Some(mut payment) = self.store.payment(id).await? else { return Ok(()) };
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        if let Some(dispute) = payment.dispute.as_ref().filter(|_| payment.is_disputed()) {
            Box::pin(self.look_at_dispute(id, &dispute.reference, now)).await?;
            payment = self.store.payment(id).await?.unwrap_or(payment);
        }
        let Some(booking) = self.store.booking_of(&payment.user, &payment.booking).await? else {
            return self.reconcile_without_booking(&payment, now).await;
        };
        // The payment that the booking points to carries the booking to its end, whatever became of itself.
        if booking.status != BookingStatus::Pending || booking.payment != *id {
            let over = matches!(payment.status, PaymentStatus::Voided | PaymentStatus::Refunded);
            if !over {
                return self.act(&booking, &payment, now).await;
            }
            if booking.is_paid_by(&payment) {
                if booking.status == BookingStatus::Confirmed {
                    return self.act(&booking, &payment, now).await;
                }
                self.store.free_places_of(&booking).await?;
                if booking.confirmed_at.is_some() {
                    self.tell_refunded(&booking, BookingStatus::Refunded).await?;
                }
            }
            if payment.status == PaymentStatus::Voided && self.send_back_if_taken(Some(&booking), &payment, now).await? {
                return Ok(());
            }
            return self.leave_alone(&payment, now).await;
        }
        let report = provider.report(&payment).await?;
        let booking = self.settle(booking, &payment, &report, now).await?;
        if payment.status == PaymentStatus::Superseded {
            self.act(&booking, &payment, now).await?;
        }
        if booking.status != BookingStatus::Pending {
            return self.follow_up(&booking.user, &booking.id, now).await;
        }
        if now <= booking.expires_at + self.wait_for_late {
            return Ok(self.store.set_payment_due(id, Some(now + self.ask_every)).await?);
        }
        // First the decision, then the void: a run that was about to confirm is refused by the decision.
        match self.store.expire_booking(&booking).await {
            Ok(_) | Err(MoveBookingError::WrongState(_) | MoveBookingError::Missing) => {}
            Err(MoveBookingError::Database(error)) => return Err(error.into()),
        }
        self.follow_up(&booking.user, &booking.id, now).await
    }

    /// A crash left a payment without its booking: the client never heard of it, and nobody will pay it.
    async fn reconcile_without_booking(&self, payment: &Payment, now: Timestamp) -> Result<(), SettleError> {
        let Some(provider) = self.providers.get(payment.provider) else { return Ok(()) };
        // While the hold may live, the client may still repeat its request and finish the booking.
        if now <= payment.created_at + SignedDuration::from_secs(i64::from(HOLD_SECONDS_MAX)) {
            return Ok(self.store.set_payment_due(&payment.id, Some(now + self.ask_every)).await?);
        }
        // Already given up, or taken: then what is to be done is known.
        match payment.status {
            PaymentStatus::Captured => return self.send_back(None, payment, now).await,
            PaymentStatus::Refunded => return Ok(self.store.set_payment_due(&payment.id, None).await?),
            PaymentStatus::Created
            | PaymentStatus::Authorized
            | PaymentStatus::Voided
            | PaymentStatus::Declined
            | PaymentStatus::Superseded => {}
        }
        let voided = Report { status: PaymentStatus::Voided, amount: payment.amount.clone() };
        match provider.void(payment).await {
            Ok(_) | Err(ProviderError::Unknown) => self.record(payment, &voided, now).await?,
            // Paid by somebody who never heard of the booking: all of it goes back.
            Err(ProviderError::WrongState(report)) if report.status.was_taken() => {
                let payment = self.record(payment, &report, now).await?;
                return self.send_back(None, &payment, now).await;
            }
            Err(ProviderError::WrongState(report)) if is_lost(report.status) => self.record(payment, &voided, now).await?,
            Err(error) => return Err(error.into()),
        };
        Ok(self.store.set_payment_due(&payment.id, None).await?)
    }
}
