//! Confirmed bookings that are taken back, in whole or in part: booking, money, books and tickets in one transaction.

use crate::bookings::StatusUpdate;
use crate::database::{DatabaseError, Transaction, n, s, transact, update_write};
use crate::tickets::ticket_attributes;
use crate::{Store, key, record};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use domain::booking::{Booking, BookingStatus, CancelReason};
use domain::ledger::Posting;
use domain::payment::Payment;
use domain::refund::{Refund, Split};
use domain::ticket::{Ticket, TicketStatus};
use jiff::Timestamp;
use std::fmt::Write as _;

/// Whether a booking can be called off although somebody came in with one of its tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// No: nobody comes in and has the money back.
    Refused,
    /// Yes: the show itself is off, or the bank has taken the money anyway. Who is in stays in.
    Allowed,
}

/// How a confirmed booking is called off.
#[derive(Debug, Clone)]
pub struct Cancellation {
    /// Why.
    pub reason: CancelReason,
    /// What of the sale is taken back.
    pub back: Split,
    /// The money that goes back, if it was captured.
    pub refund: Option<Refund>,
    /// Whether tickets may be used.
    pub admitted: Admitted,
}

/// Why a confirmed booking could not be taken back.
#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    /// It is not confirmed, or another part of it was taken back at the same time.
    #[error("the booking is in another state")]
    WrongState,
    /// Somebody came in with one of its tickets.
    #[error("a ticket of the booking was used")]
    TicketUsed,
    /// The payment is in another state than it was read in, has not so much left, or is disputed.
    #[error("the payment does not allow it")]
    NotRefundable,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 19: calls a confirmed booking off, revokes its tickets, gives its places back to the owner's limit and decides what
    /// goes back to the buyer, in one transaction. The refund does not hang on a message: the payment is looked after from now on.
    pub async fn cancel_confirmed(
        &self,
        booking: &Booking,
        payment: &Payment,
        cancellation: &Cancellation,
        now: Timestamp,
    ) -> Result<(), ReturnError> {
        let bought = key::bought(&booking.show, &booking.user);
        let lower = Update::builder()
            .table_name(self.inventory())
            .key("pk", bought.pk())
            .key("sk", bought.sk())
            .update_expression("ADD places :count")
            .expression_attribute_values(":count", n(-i64::try_from(booking.places.len()).unwrap_or(0)));
        let cancelled = self.cancelled(booking, cancellation, now)?;
        let money = self.taken_back(payment, cancellation.refund.as_ref(), now);
        let mut writes = vec![update_write(cancelled)?, update_write(money)?, update_write(lower)?];
        for ticket in Ticket::of(booking) {
            writes.push(update_write(self.revocation(&ticket, cancellation.admitted, now))?);
        }
        let returned = Posting::returned(booking, "cancelled", &cancellation.back, now);
        self.write_return("call a booking off", writes, (cancellation.refund.as_ref(), payment.captured), &returned).await
    }

    /// Pattern 110: takes back a part of a booking that stays as it is: its refund, and the books, in one transaction.
    pub async fn give_back(
        &self,
        booking: &Booking,
        payment: &Payment,
        refund: &Refund,
        back: &Split,
        now: Timestamp,
    ) -> Result<(), ReturnError> {
        let change = returning(Self::status_update(booking, booking.status, &[])?, booking, back)?;
        let writes = vec![update_write(self.in_transaction(change))?, update_write(self.taken_back(payment, Some(refund), now))?];
        let returned = Posting::returned(booking, refund.id.as_str(), back, now);
        self.write_return("give a part back", writes, (Some(refund), payment.captured), &returned).await
    }

    /// The booking's write comes first, the payment's second; then the tickets'.
    async fn write_return(
        &self,
        operation: &'static str,
        mut writes: Vec<TransactWriteItem>,
        (refund, captured): (Option<&Refund>, i64),
        returned: &Posting,
    ) -> Result<(), ReturnError> {
        if refund.is_some_and(|refund| refund.amount.amount > captured) {
            return Err(ReturnError::NotRefundable);
        }
        let conditions = writes.len();
        writes.extend(refund.map(|refund| self.refund_write(refund)).transpose()?);
        writes.extend(self.posting_write(returned)?);
        match transact(&self.client, operation, writes).await? {
            Transaction::Done => Ok(()),
            Transaction::Refused(refused) if refused.first() == Some(&true) => Err(ReturnError::WrongState),
            Transaction::Refused(refused) if refused.get(1) == Some(&true) => Err(ReturnError::NotRefundable),
            Transaction::Refused(refused) if refused[..conditions].contains(&true) => Err(ReturnError::TicketUsed),
            // The same refund was written before, for a booking that is as it was read: another run, of the same request.
            Transaction::Refused(_) => Err(ReturnError::WrongState),
        }
    }

    fn cancelled(&self, booking: &Booking, cancellation: &Cancellation, now: Timestamp) -> Result<UpdateBuilder, DatabaseError> {
        let change = Self::status_update(booking, BookingStatus::Cancelled, &[BookingStatus::Confirmed])?;
        let change = change.also("cancelled_at", now).because(cancellation.reason);
        Ok(self.in_transaction(returning(change, booking, &cancellation.back)?))
    }

    /// Lets nobody in with this ticket any more.
    fn revocation(&self, ticket: &Ticket, admitted: Admitted, now: Timestamp) -> UpdateBuilder {
        let key = key::ticket(&ticket.id);
        let mut set = String::from("SET #status = :status");
        let mut update = Update::builder().table_name(self.main()).key("pk", key.pk()).key("sk", key.sk());
        for (i, (name, value)) in ticket_attributes(ticket, now).into_iter().enumerate() {
            let _ = write!(set, ", #t{i} = :t{i}");
            update = update.expression_attribute_names(format!("#t{i}"), name).expression_attribute_values(format!(":t{i}"), value);
        }
        let update = update
            .update_expression(set)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", record::spelled(&TicketStatus::Revoked));
        match admitted {
            Admitted::Refused => update.condition_expression("attribute_not_exists(admitted_at)"),
            Admitted::Allowed => update,
        }
    }
}

/// So much more of the booking is taken back than when it was read; refused if that changed since.
fn returning(mut change: StatusUpdate, booking: &Booking, back: &Split) -> Result<StatusUpdate, DatabaseError> {
    let returned = booking.returned.plus(back).map_err(DatabaseError::unreadable)?;
    change.set.push_str(", returned = :returned");
    change.values.insert(":returned".to_owned(), record::split_attribute(&returned));
    if booking.returned.total() == 0 {
        change.condition.push_str(" AND (attribute_not_exists(returned) OR returned = :before)");
    } else {
        change.condition.push_str(" AND returned = :before");
    }
    change.values.insert(":before".to_owned(), s(record::split_spelling(&booking.returned)));
    Ok(change)
}
