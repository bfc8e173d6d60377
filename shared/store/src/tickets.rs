//! Tickets: made by a confirmed booking, opened once by the door.

use crate::database::{DatabaseError, Item, Write, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::id::TicketId;
use domain::text::Text;
use domain::ticket::{Outcome, Ticket, TicketStatus};
use jiff::Timestamp;
use std::fmt::Write as _;

/// What the door found out about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The door's answer.
    pub outcome: Outcome,
    /// When somebody came in with it, now or before.
    pub admitted_at: Option<Timestamp>,
    /// At which gate that was.
    pub gate: Option<Text<1, 40>>,
}

impl Store {
    /// Pattern 30: a ticket as the door knows it, once it was issued. Who may see it is for its booking to say.
    /// Strongly consistent.
    pub async fn ticket(&self, id: &TicketId) -> Result<Option<Ticket>, DatabaseError> {
        let item = self.get(self.main(), &key::ticket(id)).await?;
        item.map(|item| ticket_from(&item)).transpose()
    }

    /// Pattern 32: lets one person in with this ticket, whose code was verified, as of `at`: now, or when a device that was offline
    /// scanned it. Of any number of simultaneous calls exactly one is ADMITTED; the same nonce gets the same answer again. Who is
    /// written down stays, even if a scan that was made earlier comes later.
    pub async fn admit(
        &self,
        ticket: &Ticket,
        nonce: &str,
        gate: Option<&Text<1, 40>>,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Admission, DatabaseError> {
        let more = if gate.is_some() { ", admitted_at = :at, nonce = :nonce, gate = :gate" } else { ", admitted_at = :at, nonce = :nonce" };
        let mut request = self
            .set_ticket(ticket, TicketStatus::Admitted, more, now)
            .condition_expression("attribute_not_exists(pk) OR #status = :issued")
            .expression_attribute_values(":issued", record::spelled(&TicketStatus::Issued))
            .expression_attribute_values(":at", s(at.to_string()))
            .expression_attribute_values(":nonce", s(nonce))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if let Some(gate) = gate {
            request = request.expression_attribute_values(":gate", s(gate.as_str()));
        }
        match send_write!(self.client, "admit a ticket", UpdateItemError, request)? {
            Write::Done(_) => Ok(Admission { outcome: Outcome::Admitted, admitted_at: Some(at), gate: gate.cloned() }),
            Write::Refused(None) => Err(DatabaseError::Contended { operation: "admit a ticket" }),
            Write::Refused(Some(item)) => refused_admission(&item, nonce),
        }
    }

    pub(crate) fn set_ticket(&self, ticket: &Ticket, status: TicketStatus, more: &str, now: Timestamp) -> UpdateItemFluentBuilder {
        let key = key::ticket(&ticket.id);
        let mut request = self.client.update_item().table_name(self.main()).key("pk", key.pk()).key("sk", key.sk());
        let mut set = String::from("SET #status = :status");
        for (i, (name, value)) in ticket_attributes(ticket, now).into_iter().enumerate() {
            let _ = write!(set, ", #t{i} = :t{i}");
            request = request.expression_attribute_names(format!("#t{i}"), name).expression_attribute_values(format!(":t{i}"), value);
        }
        request
            .update_expression(set + more)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", record::spelled(&status))
    }
}

/// What a ticket's item says besides its status; every change moves it to the end of its show's door list.
pub(crate) fn ticket_attributes(ticket: &Ticket, now: Timestamp) -> Item {
    let shard = key::shard_of(ticket.id.as_str(), key::TICKET_SHARDS);
    let mut attributes = key::gsi(key::gsi_show_tickets(&ticket.show, shard), key::gsi_moment_position(now, ticket.id.as_str()));
    attributes.extend([
        ("ticket_id".to_owned(), s(ticket.id.as_str())),
        ("booking_id".to_owned(), s(ticket.booking.as_str())),
        ("show".to_owned(), s(ticket.show.as_str())),
        ("seat".to_owned(), s(ticket.seat.to_string())),
    ]);
    attributes
}

fn refused_admission(item: &Item, nonce: &str) -> Result<Admission, DatabaseError> {
    let admitted_at: Option<Timestamp> = record::optional_text(item, "admitted_at")?;
    let same_scan = record::optional_text::<String>(item, "nonce")?.as_deref() == Some(nonce);
    let outcome = match record::word(item, "status")? {
        TicketStatus::Revoked | TicketStatus::Frozen => Outcome::Revoked,
        TicketStatus::Admitted if same_scan => Outcome::Admitted,
        TicketStatus::Admitted => Outcome::AlreadyAdmitted,
        TicketStatus::Issued => return Err(DatabaseError::Contended { operation: "admit a ticket" }),
    };
    Ok(Admission { outcome, admitted_at, gate: record::optional_text(item, "gate")? })
}

pub(crate) fn ticket_from(item: &Item) -> Result<Ticket, DatabaseError> {
    Ok(Ticket {
        id: record::text(item, "ticket_id")?,
        booking: record::text(item, "booking_id")?,
        show: record::text(item, "show")?,
        seat: record::text(item, "seat")?,
        status: record::word(item, "status")?,
        admitted_at: record::optional_text(item, "admitted_at")?,
        gate: record::optional_text(item, "gate")?,
    })
}
