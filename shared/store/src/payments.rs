//! Payments: found by their own id, because that is what providers call back with.

use crate::database::{DatabaseError, Item, Transaction, Write, n, s, send_write, transact, update_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, Update};
use domain::dispute::Dispute;
use domain::id::PaymentId;
use domain::ledger::Posting;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::Timestamp;

/// Why a payment could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CreatePaymentError {
    /// The provider calls another payment of ours by the same name.
    #[error("another payment has the same reference")]
    ReferenceTaken,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Why a payment could not be moved to another state.
#[derive(Debug, thiserror::Error)]
pub enum MovePaymentError {
    /// It is in a state that does not lead there.
    #[error("the payment is in another state")]
    WrongState(Box<Payment>),
    /// There is none.
    #[error("there is no such payment")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Payments that need attention.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DuePayments {
    /// Which.
    pub ids: Vec<PaymentId>,
    /// Since when the one that waits longest does.
    pub since: Option<Timestamp>,
}

/// Whether a payment needs attention from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// As before.
    AsBefore,
    /// Not any more.
    Never,
}

impl Due {
    fn removal(self) -> &'static str {
        match self {
            Self::AsBefore => "",
            Self::Never => " REMOVE due_shard, due_at",
        }
    }
}

impl Store {
    /// Pattern 21: writes a payment unless it exists; it needs attention from `due_at` on. Where the provider has its own name of
    /// it, that name is written first (pattern 70), so that no payment can be paid that its web hooks do not find. Returns the
    /// payment as it is: an earlier one, of a request that died, may have begun at the provider under another name.
    pub async fn create_payment(&self, payment: &Payment, due_at: Timestamp) -> Result<Payment, CreatePaymentError> {
        match payment.provider {
            Provider::Stripe | Provider::Razorpay => self.write_reference(payment).await?,
            Provider::Sandbox | Provider::Free => {}
        }
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(payment_item(payment, due_at)))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "write a payment", PutItemError, request)? {
            Write::Done(_) => Ok(payment.clone()),
            Write::Refused(Some(item)) => Ok(payment_from(&item)?),
            Write::Refused(None) => Err(DatabaseError::Contended { operation: "write a payment" }.into()),
        }
    }

    /// Pattern 22: a payment by its id. Strongly consistent.
    pub async fn payment(&self, id: &PaymentId) -> Result<Option<Payment>, DatabaseError> {
        let item = self.get(self.main(), &key::payment(id)).await?;
        item.map(|item| payment_from(&item)).transpose()
    }

    /// Pattern 23: records what became of a payment, except that it was captured: that is a movement of money
    /// (`capture_payment`). A payment that is in that state already stays as it is.
    pub async fn move_payment(&self, id: &PaymentId, to: PaymentStatus) -> Result<Payment, MovePaymentError> {
        if to == PaymentStatus::Captured {
            return Err(DatabaseError::Unreadable("a payment is captured with its posting".to_owned()).into());
        }
        let key = key::payment(id);
        let (states, may_move) = states_before(to);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :to")
            .condition_expression(may_move)
            .expression_attribute_names("#status", "status")
            .set_expression_attribute_values(Some(states))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "move a payment", UpdateItemError, request)? {
            Write::Done(item) => Ok(payment_from(&item.unwrap_or_default())?),
            Write::Refused(Some(item)) => Err(MovePaymentError::WrongState(Box::new(payment_from(&item)?))),
            Write::Refused(None) => Err(MovePaymentError::Missing),
        }
    }

    /// Pattern 24: the payment needs attention from `due_at` on, or, with none, never again.
    pub async fn set_payment_due(&self, id: &PaymentId, due_at: Option<Timestamp>) -> Result<(), DatabaseError> {
        let key = key::payment(id);
        let request = self.client.update_item().table_name(self.main()).key("pk", key.pk()).key("sk", key.sk());
        let request = match due_at {
            Some(at) => request
                .update_expression("SET due_shard = :shard, due_at = :at")
                .expression_attribute_values(":shard", s(due_shard(id)))
                .expression_attribute_values(":at", s(due_spelling(at))),
            None => request.update_expression("REMOVE due_shard, due_at"),
        };
        send_write!(self.client, "schedule a payment", UpdateItemError, request.condition_expression("attribute_exists(pk)")).map(|_| ())
    }

    /// Pattern 24: nothing more is to be done about a payment, as far as it was known when this run began: what others asked for since
    /// then, or took back of it, stays due. Due times are whole seconds: one of the same second may be younger than this run, so it
    /// stays, too, and the reconciler comes once more for nothing.
    pub async fn clear_payment_due(&self, payment: &Payment, since: Timestamp) -> Result<(), DatabaseError> {
        let key = key::payment(&payment.id);
        let as_known = if payment.refunded == 0 { "attribute_not_exists(refunded)" } else { "refunded = :refunded" };
        let mut request = self
            .client
            .update_item()
            .table_name(self.main())
            .set_key(Some(key.attributes()))
            .update_expression("REMOVE due_shard, due_at")
            .condition_expression(format!("attribute_exists(due_at) AND due_at < :since AND {as_known}"))
            .expression_attribute_values(":since", s(due_spelling(since)));
        if payment.refunded != 0 {
            request = request.expression_attribute_values(":refunded", n(payment.refunded));
        }
        send_write!(self.client, "leave a payment alone", UpdateItemError, request).map(|_| ())
    }

    /// Pattern 103: a provider has taken a payment: its state and its posting, in one transaction. `captured` is what the provider
    /// says it took. A payment that was captured before stays as it is. With `Due::Never` nothing more is to be done about it.
    pub async fn capture_payment(
        &self,
        payment: &Payment,
        captured: &Money,
        due: Due,
        now: Timestamp,
    ) -> Result<Payment, MovePaymentError> {
        let update = self.captured(payment, captured, due.removal(), "");
        let mut writes = vec![update_write(update)?];
        writes.extend(self.posting_write(&captured_posting(payment, captured, now))?);
        match transact(&self.client, "capture a payment", writes).await? {
            Transaction::Done => Ok(Payment { status: PaymentStatus::Captured, captured: captured.amount, ..payment.clone() }),
            Transaction::Refused(_) => self.captured_before(payment, due, now).await,
        }
    }

    /// The change of a payment that was captured; `more` is done with it, `and` is asked before.
    pub(crate) fn captured(&self, payment: &Payment, captured: &Money, more: &str, and: &str) -> UpdateBuilder {
        let from = PaymentStatus::before(PaymentStatus::Captured);
        let names: Vec<String> = (0..from.len()).map(|i| format!(":from{i}")).collect();
        let mut values: Item = names.iter().cloned().zip(from.iter().map(|from| s(from.as_str()))).collect();
        values.insert(":to".to_owned(), s(PaymentStatus::Captured.as_str()));
        values.insert(":captured".to_owned(), n(captured.amount));
        Update::builder()
            .table_name(self.main())
            .set_key(Some(key::payment(&payment.id).attributes()))
            .update_expression(format!("SET #status = :to, captured = :captured{more}"))
            .condition_expression(format!("{and}#status IN ({})", names.join(", ")))
            .expression_attribute_names("#status", "status")
            .set_expression_attribute_values(Some(values))
    }

    /// What a payment is that could not be captured: captured already, or past it.
    async fn captured_before(&self, payment: &Payment, due: Due, now: Timestamp) -> Result<Payment, MovePaymentError> {
        let current = self.payment(&payment.id).await?.ok_or(MovePaymentError::Missing)?;
        if current.status != PaymentStatus::Captured {
            return Err(MovePaymentError::WrongState(Box::new(current)));
        }
        if due == Due::Never {
            self.clear_payment_due(&current, now).await?;
        }
        Ok(current)
    }

    /// Pattern 25: payments that need attention at `now`, oldest first, at most `limit` of each shard.
    pub async fn payments_due(&self, now: Timestamp, limit: u16) -> Result<DuePayments, DatabaseError> {
        let mut due = DuePayments::default();
        for shard in 0..key::DUE_SHARDS {
            let request = self
                .client
                .query()
                .table_name(self.main())
                .index_name("due")
                .key_condition_expression("due_shard = :shard AND due_at <= :now")
                .expression_attribute_values(":shard", s(shard.to_string()))
                .expression_attribute_values(":now", s(due_spelling(now)))
                .limit(i32::from(limit));
            let output = request.send().await.map_err(|error| DatabaseError::of("list due payments", error))?;
            for item in output.items() {
                let pk: String = record::text(item, "pk")?;
                let id = pk.strip_prefix(key::PAYMENT_PREFIX).unwrap_or_default();
                due.ids.push(id.parse().map_err(DatabaseError::unreadable)?);
                let since = Timestamp::from_second(record::text(item, "due_at")?).map_err(DatabaseError::unreadable)?;
                due.since = Some(due.since.map_or(since, |oldest| oldest.min(since)));
            }
        }
        Ok(due)
    }
}

/// The condition that a payment may move to `to` or is there already, and the values that it speaks of: `:to`, `:from0` …
pub(crate) fn states_before(to: PaymentStatus) -> (Item, String) {
    let mut states = Item::from([(":to".to_owned(), s(to.as_str()))]);
    states.extend(PaymentStatus::before(to).into_iter().enumerate().map(|(i, from)| (format!(":from{i}"), s(from.as_str()))));
    let names: Vec<&str> = states.keys().map(String::as_str).collect();
    let condition = format!("#status IN ({})", names.join(", "));
    (states, condition)
}

/// Ten digits sort as numbers do until 2286.
pub(crate) fn due_spelling(at: Timestamp) -> String {
    format!("{:010}", at.as_second())
}

/// Which of the shards a payment is looked for in.
pub(crate) fn due_shard(id: &PaymentId) -> String {
    key::shard_of(id.as_str(), key::DUE_SHARDS).to_string()
}

fn payment_item(payment: &Payment, due_at: Timestamp) -> Item {
    let mut item = key::payment(&payment.id).attributes();
    item.extend([
        ("payment_id".to_owned(), s(payment.id.as_str())),
        ("booking_id".to_owned(), s(payment.booking.as_str())),
        ("show".to_owned(), s(payment.show.as_str())),
        ("user".to_owned(), s(payment.user.as_str())),
        ("organization".to_owned(), s(payment.organization.as_str())),
        ("provider".to_owned(), record::spelled(&payment.provider)),
        ("provider_reference".to_owned(), s(&payment.provider_reference)),
        ("amount".to_owned(), s(format!("{} {}", payment.amount.currency, payment.amount.amount))),
        ("status".to_owned(), s(payment.status.as_str())),
        ("created_at".to_owned(), s(payment.created_at.to_string())),
        ("due_shard".to_owned(), s(due_shard(&payment.id))),
        ("due_at".to_owned(), s(due_spelling(due_at))),
    ]);
    item
}

pub(crate) fn payment_from(item: &Item) -> Result<Payment, DatabaseError> {
    Ok(Payment {
        id: record::text(item, "payment_id")?,
        booking: record::text(item, "booking_id")?,
        show: record::text(item, "show")?,
        user: record::text(item, "user")?,
        organization: record::text(item, "organization")?,
        captured: if item.contains_key("captured") { record::number(item, "captured")? } else { 0 },
        dispute: if item.contains_key("dispute") { Some(dispute_from(item)?) } else { None },
        refunded: if item.contains_key("refunded") { record::number(item, "refunded")? } else { 0 },
        provider: record::word(item, "provider")?,
        provider_reference: record::text(item, "provider_reference")?,
        amount: money(item, "amount")?,
        status: record::word(item, "status")?,
        created_at: record::text(item, "created_at")?,
    })
}

/// What was captured is what the provider says, whatever was asked.
pub(crate) fn captured_posting(payment: &Payment, captured: &Money, now: Timestamp) -> Posting {
    Posting::captured(&Payment { amount: captured.clone(), ..payment.clone() }, now)
}

/// A dispute as `dp_1 OPEN 118000`; its money is the payment's.
pub(crate) fn dispute_from(item: &Item) -> Result<Dispute, DatabaseError> {
    let spelled: String = record::text(item, "dispute")?;
    let parts: Vec<&str> = spelled.split(' ').collect();
    let [reference, status, amount] = parts[..] else { return Err(DatabaseError::Unreadable(spelled)) };
    let status = serde_json::from_value(status.into()).map_err(DatabaseError::unreadable)?;
    Ok(Dispute { reference: reference.to_owned(), status, amount: amount.parse().map_err(DatabaseError::unreadable)? })
}

pub(crate) fn dispute_attribute(dispute: &Dispute) -> AttributeValue {
    s(format!("{} {} {}", dispute.reference, dispute.status.as_str(), dispute.amount))
}

/// Money as `INR 118000`.
pub(crate) fn money(item: &Item, name: &str) -> Result<Money, DatabaseError> {
    let spelled: String = record::text(item, name)?;
    let (currency, amount) = spelled.split_once(' ').ok_or_else(|| DatabaseError::Unreadable(name.to_owned()))?;
    Ok(Money { amount: amount.parse().map_err(DatabaseError::unreadable)?, currency: currency.parse().map_err(DatabaseError::unreadable)? })
}
