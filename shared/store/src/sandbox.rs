//! The books of the sandbox provider: what a bank would know. Kept apart from our own payments, as with any provider.

use crate::catalog::{BEFORE_ALL, Part};
use crate::database::{DatabaseError, Item, Write, n, s, send_write};
use crate::ledger::day_of;
use crate::payments::{dispute_attribute, dispute_from, money};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::dispute::{Dispute, DisputeStatus};
use domain::id::{BookingId, PaymentId, UserId};
use domain::money::Money;
use domain::payment::PaymentStatus;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// The sandbox's view of a payment has the same states as ours.
pub type SandboxStatus = PaymentStatus;

/// A payment as the sandbox provider knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxPayment {
    /// The provider's reference: our own id.
    pub id: PaymentId,
    /// What we said it is for.
    pub booking: BookingId,
    /// Who may pay it.
    pub buyer: UserId,
    /// How much.
    pub amount: Money,
    /// Where it is in its life.
    pub status: SandboxStatus,
    /// Until when the buyer's places are held; a late web hook comes after.
    pub held_until: Timestamp,
    /// What went back, in minor units, by our names of the refunds.
    pub refunds: BTreeMap<String, i64>,
    /// What the buyer's bank wants back.
    pub dispute: Option<Dispute>,
}

impl SandboxPayment {
    /// What went back in all.
    pub fn refunded(&self) -> i64 {
        self.refunds.values().sum()
    }
}

/// Why the sandbox did not do it.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The payment's state does not allow it.
    #[error("the payment is {:?}", .0.status)]
    WrongState(Box<SandboxPayment>),
    /// There is none.
    #[error("there is no such payment")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 26: the sandbox learns of a payment; a repeat changes nothing.
    pub async fn create_sandbox_payment(&self, payment: &SandboxPayment) -> Result<(), DatabaseError> {
        let mut item = key::sandbox(&payment.id).attributes();
        item.extend([
            ("payment_id".to_owned(), s(payment.id.as_str())),
            ("booking_id".to_owned(), s(payment.booking.as_str())),
            ("buyer".to_owned(), s(payment.buyer.as_str())),
            ("amount".to_owned(), s(format!("{} {}", payment.amount.currency, payment.amount.amount))),
            ("status".to_owned(), s(payment.status.as_str())),
            ("held_until".to_owned(), s(payment.held_until.to_string())),
            ("refunds".to_owned(), AttributeValue::M(HashMap::new())),
        ]);
        let day = day_of(payment.held_until);
        item.extend(key::gsi(key::gsi_sandbox(day), payment.id.as_str()));
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        send_write!(self.client, "write a sandbox payment", PutItemError, request).map(|_| ())
    }

    /// Pattern 27: a payment in the sandbox's books.
    pub async fn sandbox_payment(&self, id: &PaymentId) -> Result<Option<SandboxPayment>, DatabaseError> {
        let item = self.get(self.main(), &key::sandbox(id)).await?;
        item.map(|item| sandbox_from(&item)).transpose()
    }

    /// Pattern 28: the sandbox moves a payment. A payment that is in that state already stays as it is.
    pub async fn move_sandbox_payment(&self, id: &PaymentId, to: SandboxStatus) -> Result<SandboxPayment, SandboxError> {
        let key = key::sandbox(id);
        let mut request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :to")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":to", s(to.as_str()))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let mut any = vec![":to".to_owned()];
        for (i, from) in sandbox_before(to).into_iter().enumerate() {
            request = request.expression_attribute_values(format!(":from{i}"), s(from.as_str()));
            any.push(format!(":from{i}"));
        }
        let request = request.condition_expression(format!("#status IN ({})", any.join(", ")));
        match send_write!(self.client, "move a sandbox payment", UpdateItemError, request)? {
            Write::Done(item) => Ok(sandbox_from(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(SandboxError::WrongState(Box::new(sandbox_from(&item)?))),
            Write::Refused(None) => Err(SandboxError::Missing),
        }
    }
}

impl Store {
    /// Pattern 115: so much of a payment goes back at the sandbox, under this name; once, and never more than was taken.
    pub async fn refund_sandbox_payment(&self, payment: &SandboxPayment, name: &str, amount: i64) -> Result<(), SandboxError> {
        let key = key::sandbox(&payment.id);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET refunds.#name = :amount, refunded = if_not_exists(refunded, :zero) + :amount")
            .condition_expression(
                "#status = :captured AND attribute_not_exists(refunds.#name) AND (attribute_not_exists(refunded) OR refunded <= :room)",
            )
            .expression_attribute_names("#status", "status")
            .expression_attribute_names("#name", name)
            .expression_attribute_values(":captured", s(PaymentStatus::Captured.as_str()))
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":amount", n(amount))
            .expression_attribute_values(":room", n(payment.amount.amount - amount))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "refund a sandbox payment", UpdateItemError, request)? {
            Write::Done(_) => Ok(()),
            Write::Refused(Some(item)) => Err(SandboxError::WrongState(Box::new(sandbox_from(&item)?))),
            Write::Refused(None) => Err(SandboxError::Missing),
        }
    }

    /// Pattern 116: the buyer's bank wants a captured payment back, or decides. Returns the payment as it is then.
    pub async fn dispute_sandbox_payment(&self, id: &PaymentId, dispute: &Dispute) -> Result<SandboxPayment, SandboxError> {
        let key = key::sandbox(id);
        let from = match dispute.status {
            DisputeStatus::Open => "attribute_not_exists(dispute) OR NOT contains(dispute, :open)",
            DisputeStatus::Won | DisputeStatus::Lost => "contains(dispute, :open)",
        };
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET dispute = :dispute")
            .condition_expression(format!("#status = :captured AND ({from})"))
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":captured", s(PaymentStatus::Captured.as_str()))
            .expression_attribute_values(":dispute", dispute_attribute(dispute))
            .expression_attribute_values(":open", s(" OPEN "))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "dispute a sandbox payment", UpdateItemError, request)? {
            Write::Done(item) => Ok(sandbox_from(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(SandboxError::WrongState(Box::new(sandbox_from(&item)?))),
            Write::Refused(None) => Err(SandboxError::Missing),
        }
    }

    /// Pattern 117: the sandbox's payments of one day, as the index has them; `after` is the last one of the page before.
    pub async fn sandbox_payments(&self, day: Date, after: Option<&str>, limit: u16) -> Result<Vec<SandboxPayment>, DatabaseError> {
        let part = Part::After(after.unwrap_or(BEFORE_ALL).to_owned());
        let (items, _) = self.index_page("list sandbox payments", key::gsi_sandbox(day), part, limit).await?;
        items.into_iter().map(|(_, item)| sandbox_from(&item)).collect()
    }
}

/// A bank captures only what it authorized; otherwise its states are ours.
fn sandbox_before(to: SandboxStatus) -> Vec<SandboxStatus> {
    match to {
        PaymentStatus::Captured => vec![PaymentStatus::Authorized],
        _ => PaymentStatus::before(to),
    }
}

fn sandbox_from(item: &Item) -> Result<SandboxPayment, DatabaseError> {
    let (amount, refunds) = (money(item, "amount")?, refunds_from(item)?);
    // All of it back is REFUNDED, as with any provider.
    let is_back = amount.amount > 0 && refunds.values().sum::<i64>() == amount.amount;
    Ok(SandboxPayment {
        id: record::text(item, "payment_id")?,
        booking: record::text(item, "booking_id")?,
        buyer: record::text(item, "buyer")?,
        amount,
        status: if is_back { PaymentStatus::Refunded } else { record::word(item, "status")? },
        held_until: record::text(item, "held_until")?,
        refunds,
        dispute: if item.contains_key("dispute") { Some(dispute_from(item)?) } else { None },
    })
}

fn refunds_from(item: &Item) -> Result<BTreeMap<String, i64>, DatabaseError> {
    let Some(refunds) = item.get("refunds").and_then(|value| value.as_m().ok()) else { return Ok(BTreeMap::new()) };
    let amount = |value: &AttributeValue| value.as_n().ok().and_then(|amount| amount.parse().ok());
    let read = |(name, value): (&String, &AttributeValue)| {
        amount(value).map(|amount| (name.clone(), amount)).ok_or_else(|| DatabaseError::Unreadable(name.clone()))
    };
    refunds.iter().map(read).collect()
}
