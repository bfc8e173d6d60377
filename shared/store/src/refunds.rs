//! Refunds: money on its way back, an item each beside the payment that it comes from.
//!
//! What may go back is decided by the payment's own condition, in the transaction that writes the refund: `refunded` plus this
//! amount is at most what was captured, and no dispute is open.

use crate::catalog::{BEFORE_ALL, Part};
use crate::database::{DatabaseError, Item, Transaction, Write, n, put_write, s, send_write, transact, update_write};
use crate::payments::{due_shard, due_spelling, money};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{Put, ReturnValue, TransactWriteItem, Update};
use domain::id::{OrganizationId, PaymentId, RefundId};
use domain::ledger::Posting;
use domain::payment::{Payment, PaymentStatus};
use domain::refund::{Refund, RefundStatus};
use jiff::Timestamp;
use std::fmt::Write as _;

/// Why no refund was begun.
#[derive(Debug, thiserror::Error)]
pub enum RequestRefundError {
    /// It was begun before.
    #[error("the refund exists")]
    Exists,
    /// The payment is not captured, has not so much left, or is disputed.
    #[error("the payment does not allow it")]
    NotRefundable,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a refund could not be moved to another state.
#[derive(Debug, thiserror::Error)]
pub enum MoveRefundError {
    /// It is not in the state that it was read in; this is how it is.
    #[error("the refund is {:?} by now", .0.status)]
    Moved(Box<Refund>),
    /// There is none.
    #[error("there is no such refund")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 104: decides that so much of a payment goes back, and has the payment looked after from now on.
    pub async fn request_refund(&self, payment: &Payment, refund: &Refund, now: Timestamp) -> Result<(), RequestRefundError> {
        if refund.amount.amount > payment.captured {
            return Err(RequestRefundError::NotRefundable);
        }
        let writes = vec![self.refund_write(refund)?, update_write(self.taken_back(payment, Some(refund), now))?];
        match transact(&self.client, "begin a refund", writes).await? {
            Transaction::Done => Ok(()),
            Transaction::Refused(refused) if refused.first() == Some(&true) => Err(RequestRefundError::Exists),
            Transaction::Refused(_) => Err(RequestRefundError::NotRefundable),
        }
    }

    /// Pattern 105: the refunds of a payment. Strongly consistent.
    pub async fn refunds_of(&self, payment: &PaymentId) -> Result<Vec<Refund>, DatabaseError> {
        let items = self.payment_items(payment, key::REFUND_PREFIX).await?;
        let mut refunds: Vec<Refund> = items.iter().map(refund_from).collect::<Result<_, _>>()?;
        refunds.sort_by_key(|refund| refund.requested_at);
        Ok(refunds)
    }

    /// Pattern 106: one refund. Strongly consistent.
    pub async fn refund(&self, payment: &PaymentId, refund: &RefundId) -> Result<Option<Refund>, DatabaseError> {
        let item = self.get(self.main(), &key::refund(payment, refund)).await?;
        item.map(|item| refund_from(&item)).transpose()
    }

    /// Pattern 107: moves a refund on from the state it was read in. That it reached its buyer, and that it came back after that,
    /// are movements of money: their posting is in the same transaction.
    pub async fn move_refund(&self, payment: &Payment, from: &Refund, to: &Refund, now: Timestamp) -> Result<(), MoveRefundError> {
        if !from.status.may_become(to.status) {
            return Err(MoveRefundError::Moved(Box::new(from.clone())));
        }
        let mut writes = vec![update_write(self.refund_update(from, to))?];
        match (from.status, to.status) {
            (_, RefundStatus::Done) => writes.extend(self.posting_write(&Posting::refunded(payment, from, now))?),
            (RefundStatus::Done, RefundStatus::Failed) => {
                writes.push(update_write(self.not_refunded_after_all(payment, now))?);
                writes.extend(self.posting_write(&Posting::refund_failed(payment, from, now))?);
            }
            (_, RefundStatus::Requested) => writes.push(update_write(self.asked_again(payment, now))?),
            (_, RefundStatus::Processing | RefundStatus::Failed) => {}
        }
        match transact(&self.client, "move a refund", writes).await? {
            Transaction::Done => Ok(()),
            Transaction::Refused(_) => {
                let current = self.refund(&from.payment, &from.id).await?.ok_or(MoveRefundError::Missing)?;
                Err(MoveRefundError::Moved(Box::new(current)))
            }
        }
    }

    /// Pattern 108: all of a captured payment is back with its buyer, as far as it was read: nothing if it is not all, or if more was
    /// asked for since.
    pub async fn finish_refunded(&self, payment: &Payment) -> Result<(), DatabaseError> {
        let key = key::payment(&payment.id);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :refunded")
            .condition_expression("#status = :captured AND refunded = captured AND refunded = :seen")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":seen", n(payment.refunded))
            .expression_attribute_values(":refunded", s(PaymentStatus::Refunded.as_str()))
            .expression_attribute_values(":captured", s(PaymentStatus::Captured.as_str()))
            .return_values(ReturnValue::None);
        match send_write!(self.client, "finish a refunded payment", UpdateItemError, request)? {
            Write::Done(_) | Write::Refused(_) => Ok(()),
        }
    }

    /// Pattern 109: an organization's refunds of one status, oldest first, after `after`, as the index has them.
    pub async fn refunds_in(
        &self,
        organization: &OrganizationId,
        status: RefundStatus,
        after: Option<&str>,
        limit: u16,
    ) -> Result<Vec<(String, Refund)>, DatabaseError> {
        let part = Part::After(after.unwrap_or(BEFORE_ALL).to_owned());
        let (items, _) = self.index_page("list refunds", key::gsi_refunds(organization, status), part, limit).await?;
        items.into_iter().map(|(position, item)| Ok((position, refund_from(&item)?))).collect()
    }

    /// A new refund as a part of a transaction.
    pub(crate) fn refund_write(&self, refund: &Refund) -> Result<TransactWriteItem, DatabaseError> {
        put_write(
            Put::builder().table_name(self.main()).set_item(Some(refund_item(refund))).condition_expression("attribute_not_exists(pk)"),
        )
    }

    /// The payment of something that is taken back: looked after from now on, and, with a refund, so much less left of it. Refused
    /// if the payment is in another state than it was read in, has not so much left, or is disputed.
    pub(crate) fn taken_back(&self, payment: &Payment, refund: Option<&Refund>, now: Timestamp) -> UpdateBuilder {
        let update = self.due_now(payment, now).expression_attribute_names("#status", "status");
        let update = update.expression_attribute_values(":seen", s(payment.status.as_str()));
        let Some(refund) = refund else { return update.condition_expression("#status = :seen") };
        update
            .update_expression("SET due_shard = :shard, due_at = :at, refunded = if_not_exists(refunded, :zero) + :amount")
            .condition_expression(
                "#status = :seen AND #status = :captured AND (attribute_not_exists(refunded) OR refunded <= :room) \
                 AND (attribute_not_exists(dispute) OR NOT contains(dispute, :open))",
            )
            .expression_attribute_values(":captured", s(PaymentStatus::Captured.as_str()))
            .expression_attribute_values(":open", s(" OPEN "))
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":amount", n(refund.amount.amount))
            .expression_attribute_values(":room", n(payment.captured - refund.amount.amount))
    }

    /// A refund came back: whatever the payment was, it is captured, and somebody has to look at it.
    fn not_refunded_after_all(&self, payment: &Payment, now: Timestamp) -> UpdateBuilder {
        self.due_now(payment, now)
            .update_expression("SET due_shard = :shard, due_at = :at, #status = :captured")
            .condition_expression("#status IN (:captured, :refunded)")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":captured", s(PaymentStatus::Captured.as_str()))
            .expression_attribute_values(":refunded", s(PaymentStatus::Refunded.as_str()))
    }

    /// A refund is asked for again; not while the buyer's bank wants the money, or once it has it.
    fn asked_again(&self, payment: &Payment, now: Timestamp) -> UpdateBuilder {
        self.due_now(payment, now)
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(dispute) OR contains(dispute, :won))")
            .expression_attribute_values(":won", s(" WON "))
    }

    fn due_now(&self, payment: &Payment, now: Timestamp) -> UpdateBuilder {
        Update::builder()
            .table_name(self.main())
            .set_key(Some(key::payment(&payment.id).attributes()))
            .update_expression("SET due_shard = :shard, due_at = :at")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":shard", s(due_shard(&payment.id)))
            .expression_attribute_values(":at", s(due_spelling(now)))
    }

    fn refund_update(&self, from: &Refund, to: &Refund) -> UpdateBuilder {
        let mut set = String::from("SET #status = :to, gsi1pk = :list, attempt = :attempt");
        let mut remove = String::new();
        let mut update = Update::builder();
        for (name, value) in [("provider_reference", &to.provider_reference), ("failure", &to.failure)] {
            if let Some(value) = value {
                let _ = write!(set, ", {name} = :{name}");
                update = update.expression_attribute_values(format!(":{name}"), s(value));
            } else {
                let _ = write!(remove, "{}{name}", if remove.is_empty() { " REMOVE " } else { ", " });
            }
        }
        update
            .table_name(self.main())
            .set_key(Some(key::refund(&from.payment, &from.id).attributes()))
            .update_expression(set + &remove)
            .condition_expression("#status = :from AND attempt = :seen")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":to", s(to.status.as_str()))
            .expression_attribute_values(":from", s(from.status.as_str()))
            .expression_attribute_values(":list", s(key::gsi_refunds(&from.organization, to.status)))
            .expression_attribute_values(":attempt", n(to.attempt))
            .expression_attribute_values(":seen", n(from.attempt))
    }
}

fn refund_item(refund: &Refund) -> Item {
    let mut item = key::refund(&refund.payment, &refund.id).attributes();
    item.extend([
        ("refund_id".to_owned(), s(refund.id.as_str())),
        ("payment_id".to_owned(), s(refund.payment.as_str())),
        ("booking_id".to_owned(), s(refund.booking.as_str())),
        ("user".to_owned(), s(refund.user.as_str())),
        ("organization".to_owned(), s(refund.organization.as_str())),
        ("amount".to_owned(), s(format!("{} {}", refund.amount.currency, refund.amount.amount))),
        ("reason".to_owned(), record::spelled(&refund.reason)),
        ("status".to_owned(), s(refund.status.as_str())),
        ("attempt".to_owned(), n(refund.attempt)),
        ("requested_at".to_owned(), s(refund.requested_at.to_string())),
    ]);
    let position = key::gsi_moment_position(refund.requested_at, refund.id.as_str());
    item.extend(key::gsi(key::gsi_refunds(&refund.organization, refund.status), position));
    item
}

fn refund_from(item: &Item) -> Result<Refund, DatabaseError> {
    Ok(Refund {
        id: record::text(item, "refund_id")?,
        payment: record::text(item, "payment_id")?,
        booking: record::text(item, "booking_id")?,
        user: record::text(item, "user")?,
        organization: record::text(item, "organization")?,
        amount: money(item, "amount")?,
        reason: record::word(item, "reason")?,
        status: record::word(item, "status")?,
        attempt: record::number(item, "attempt")?,
        provider_reference: record::optional_text(item, "provider_reference")?,
        failure: record::optional_text(item, "failure")?,
        requested_at: record::text(item, "requested_at")?,
    })
}
