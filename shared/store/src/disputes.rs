//! Disputes: noted at the payment, with their postings; and the tickets that nobody comes in with meanwhile.

use crate::database::{DatabaseError, Transaction, s, send_write, transact, update_write};
use crate::payments::dispute_attribute;
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::Update;
use domain::booking::Booking;
use domain::dispute::{Dispute, DisputeStatus};
use domain::ledger::Posting;
use domain::money::Money;
use domain::payment::Payment;
use domain::ticket::{Ticket, TicketStatus};
use jiff::Timestamp;

impl Store {
    /// Pattern 111: a dispute begins: the bank has taken the money. A payment has one at a time; a later one takes the place of one
    /// that was won. Returns the payment as it is then.
    pub async fn open_dispute(&self, payment: &Payment, dispute: &Dispute, now: Timestamp) -> Result<Payment, DatabaseError> {
        let opened = Dispute { status: DisputeStatus::Open, ..dispute.clone() };
        let update = Update::builder()
            .table_name(self.main())
            .set_key(Some(key::payment(&payment.id).attributes()))
            .update_expression("SET dispute = :dispute")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(dispute) OR contains(dispute, :won))")
            .expression_attribute_values(":dispute", dispute_attribute(&opened))
            .expression_attribute_values(":won", s(format!(" {} ", DisputeStatus::Won.as_str())));
        let posting = Posting::disputed(payment, &dispute.reference, &money(payment, dispute), now);
        self.write_dispute(payment, update, Some(&posting)).await
    }

    /// Pattern 112: the payment's open dispute is decided. Won, the money is ours again. Returns the payment as it is then.
    pub async fn close_dispute(&self, payment: &Payment, as_: DisputeStatus, now: Timestamp) -> Result<Payment, DatabaseError> {
        let Some(open) = &payment.dispute else { return Ok(payment.clone()) };
        let closed = Dispute { status: as_, ..open.clone() };
        let update = Update::builder()
            .table_name(self.main())
            .set_key(Some(key::payment(&payment.id).attributes()))
            .update_expression("SET dispute = :dispute")
            .condition_expression("dispute = :open")
            .expression_attribute_values(":dispute", dispute_attribute(&closed))
            .expression_attribute_values(":open", dispute_attribute(&Dispute { status: DisputeStatus::Open, ..open.clone() }));
        let posting = match as_ {
            DisputeStatus::Won => Some(Posting::dispute_won(payment, &open.reference, &money(payment, open), now)),
            DisputeStatus::Open | DisputeStatus::Lost => None,
        };
        self.write_dispute(payment, update, posting.as_ref()).await
    }

    async fn write_dispute(
        &self,
        payment: &Payment,
        update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
        posting: Option<&Posting>,
    ) -> Result<Payment, DatabaseError> {
        let mut writes = vec![update_write(update)?];
        if let Some(posting) = posting {
            writes.extend(self.posting_write(posting)?);
        }
        match transact(&self.client, "note a dispute", writes).await? {
            // Done before, or another dispute is open: what is written counts.
            Transaction::Done | Transaction::Refused(_) => {}
        }
        let now = self.payment(&payment.id).await?;
        now.ok_or_else(|| DatabaseError::Unreadable(payment.id.to_string()))
    }

    /// Pattern 113: nobody comes in with the booking's tickets until they are thawed. Who is in stays in.
    pub async fn freeze_tickets(&self, booking: &Booking, now: Timestamp) -> Result<(), DatabaseError> {
        for ticket in Ticket::of(booking) {
            let request = self
                .set_ticket(&ticket, TicketStatus::Frozen, "", now)
                .condition_expression("attribute_not_exists(pk) OR #status = :issued")
                .expression_attribute_values(":issued", record::spelled(&TicketStatus::Issued));
            send_write!(self.client, "freeze a ticket", UpdateItemError, request)?;
        }
        Ok(())
    }

    /// Pattern 114: the booking's frozen tickets let people in again.
    pub async fn thaw_tickets(&self, booking: &Booking, now: Timestamp) -> Result<(), DatabaseError> {
        for ticket in Ticket::of(booking) {
            let request = self
                .set_ticket(&ticket, TicketStatus::Issued, "", now)
                .condition_expression("#status = :frozen")
                .expression_attribute_values(":frozen", record::spelled(&TicketStatus::Frozen));
            send_write!(self.client, "thaw a ticket", UpdateItemError, request)?;
        }
        Ok(())
    }
}

fn money(payment: &Payment, dispute: &Dispute) -> Money {
    Money { amount: dispute.amount, currency: payment.amount.currency.clone() }
}
