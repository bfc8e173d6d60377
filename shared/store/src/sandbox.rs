//! The books of the sandbox provider: what a bank would know. Kept apart from our own payments, as with any provider.

use crate::database::{DatabaseError, Item, Write, s, send_write};
use crate::payments::money;
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::id::{BookingId, PaymentId, UserId};
use domain::money::Money;
use domain::payment::PaymentStatus;
use jiff::Timestamp;

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
        ]);
        let request = self.client.put_item().table_name(self.main()).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        send_write!("write a sandbox payment", PutItemError, request).map(|_| ())
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
        match send_write!("move a sandbox payment", UpdateItemError, request)? {
            Write::Done(item) => Ok(sandbox_from(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(SandboxError::WrongState(Box::new(sandbox_from(&item)?))),
            Write::Refused(None) => Err(SandboxError::Missing),
        }
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
    Ok(SandboxPayment {
        id: record::text(item, "payment_id")?,
        booking: record::text(item, "booking_id")?,
        buyer: record::text(item, "buyer")?,
        amount: money(item, "amount")?,
        status: record::word(item, "status")?,
        held_until: record::text(item, "held_until")?,
    })
}
