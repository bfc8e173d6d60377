//! What providers tell of payments: under which name they know them, and which of their events were taken.

use crate::database::{DatabaseError, Item, Transaction, Write, n, s, send_write, transact, update_write};
use crate::payments::{CreatePaymentError, captured_posting, payment_from, states_before};
use crate::{Due, MovePaymentError, Store, key, record};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::id::PaymentId;
use domain::money::Money;
use domain::payment::{Payment, PaymentStatus, Provider};
use jiff::Timestamp;

/// Events that a payment remembers. Ordinary ones have three or four; past this, an event is taken as if it were new, which is
/// harmless, because what follows is decided by asking the provider.
const EVENTS_REMEMBERED_MAX: u32 = 64;

/// What noting an event came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// It is new.
    First,
    /// It was noted before, and changed nothing.
    Repeated,
}

/// What an event tells of a payment.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Where it is in its life.
    pub status: PaymentStatus,
    /// How much, by the provider's books.
    pub amount: &'a Money,
}

/// Why an event could not be noted.
#[derive(Debug, thiserror::Error)]
pub enum NoteEventError {
    /// There is no such payment.
    #[error("there is no such payment")]
    Missing,
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Pattern 70: under which name the provider knows a payment. Writing it again changes nothing.
    pub(crate) async fn write_reference(&self, payment: &Payment) -> Result<(), CreatePaymentError> {
        let mut item = key::reference(payment.provider.as_str(), &payment.provider_reference).attributes();
        item.insert("payment_id".to_owned(), s(payment.id.as_str()));
        let request = self
            .client
            .put_item()
            .table_name(self.main())
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR payment_id = :payment")
            .expression_attribute_values(":payment", s(payment.id.as_str()));
        match send_write!(self.client, "write a payment's reference", PutItemError, request)? {
            Write::Done(_) => Ok(()),
            Write::Refused(_) => Err(CreatePaymentError::ReferenceTaken),
        }
    }

    /// Pattern 71: our name of what the provider calls this.
    pub async fn payment_by_reference(&self, provider: Provider, reference: &str) -> Result<Option<PaymentId>, DatabaseError> {
        let item = self.get(self.main(), &key::reference(provider.as_str(), reference)).await?;
        item.map(|item| record::text(&item, "payment_id")).transpose()
    }

    /// Pattern 72: notes an event and, in the same write, moves the payment to the state that it tells of; with its posting, if that
    /// is CAPTURED (pattern 103). A payment that is past that state stays where it is, and the event is noted all the same.
    pub async fn note_event(
        &self,
        payment: &Payment,
        event: &str,
        told: Option<Told<'_>>,
        now: Timestamp,
    ) -> Result<Noted, NoteEventError> {
        let id = &payment.id;
        let Some(told) = told else { return self.note_only(id, event).await };
        let known = match told.status {
            PaymentStatus::Captured => self.note_capture(payment, event, told.amount, now).await?,
            to => self.note_move(id, event, to).await?,
        };
        let Some(known) = known else { return Ok(Noted::First) };
        let events = known.get("events").and_then(|events| events.as_ss().ok()).cloned().unwrap_or_default();
        if events.iter().any(|known| known == event) {
            return Ok(Noted::Repeated);
        }
        if payment_from(&known)?.status.may_become(told.status) {
            return self.move_past_memory(payment, told, now).await;
        }
        self.note_only(id, event).await
    }

    /// Notes an event and moves the payment. Returns the payment as it is if that was refused.
    async fn note_move(&self, id: &PaymentId, event: &str, to: PaymentStatus) -> Result<Option<Item>, NoteEventError> {
        let key = key::payment(id);
        let (states, may_move) = states_before(to);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #status = :to ADD #events :events")
            .expression_attribute_names("#status", "status")
            .expression_attribute_names("#events", "events")
            .set_expression_attribute_values(Some(states))
            .expression_attribute_values(":events", AttributeValue::Ss(vec![event.to_owned()]))
            .expression_attribute_values(":event", s(event))
            .expression_attribute_values(":max", n(EVENTS_REMEMBERED_MAX))
            .condition_expression(format!("{NEW_EVENT} AND {may_move}"))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "note an event", UpdateItemError, request)? {
            Write::Done(_) => Ok(None),
            Write::Refused(None) => Err(NoteEventError::Missing),
            Write::Refused(Some(item)) => Ok(Some(item)),
        }
    }

    /// Notes an event that tells of a capture, with the posting. Returns the payment as it is if that was refused.
    async fn note_capture(&self, payment: &Payment, event: &str, captured: &Money, now: Timestamp) -> Result<Option<Item>, NoteEventError> {
        let update = self
            .captured(payment, captured, " ADD #events :events", &format!("{NEW_EVENT} AND "))
            .expression_attribute_names("#events", "events")
            .expression_attribute_values(":events", AttributeValue::Ss(vec![event.to_owned()]))
            .expression_attribute_values(":event", s(event))
            .expression_attribute_values(":max", n(EVENTS_REMEMBERED_MAX));
        let mut writes = vec![update_write(update)?];
        writes.extend(self.posting_write(&captured_posting(payment, captured, now))?);
        match transact(&self.client, "note an event", writes).await? {
            Transaction::Done => Ok(None),
            Transaction::Refused(_) => {
                let item = self.get(self.main(), &key::payment(&payment.id)).await?;
                item.map(Some).ok_or(NoteEventError::Missing)
            }
        }
    }

    /// Notes an event that moves nothing.
    async fn note_only(&self, id: &PaymentId, event: &str) -> Result<Noted, NoteEventError> {
        let key = key::payment(id);
        let request = self
            .client
            .update_item()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("ADD #events :events")
            .condition_expression(format!("attribute_exists(pk) AND {NEW_EVENT}"))
            .expression_attribute_names("#events", "events")
            .expression_attribute_values(":events", AttributeValue::Ss(vec![event.to_owned()]))
            .expression_attribute_values(":event", s(event))
            .expression_attribute_values(":max", n(EVENTS_REMEMBERED_MAX))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match send_write!(self.client, "note an event", UpdateItemError, request)? {
            Write::Done(_) => Ok(Noted::First),
            Write::Refused(Some(_)) => Ok(Noted::Repeated),
            Write::Refused(None) => Err(NoteEventError::Missing),
        }
    }

    /// The payment remembers no more events; it moves nevertheless.
    async fn move_past_memory(&self, payment: &Payment, told: Told<'_>, now: Timestamp) -> Result<Noted, NoteEventError> {
        let moved = match told.status {
            PaymentStatus::Captured => self.capture_payment(payment, told.amount, Due::AsBefore, now).await,
            to => self.move_payment(&payment.id, to).await,
        };
        match moved {
            Ok(_) | Err(MovePaymentError::WrongState(_)) => Ok(Noted::First),
            Err(MovePaymentError::Missing) => Err(NoteEventError::Missing),
            Err(MovePaymentError::Database(error)) => Err(error.into()),
        }
    }
}

/// The event is not among those that are remembered, and one more may be.
const NEW_EVENT: &str = "(attribute_not_exists(#events) OR (NOT contains(#events, :event) AND size(#events) < :max))";
