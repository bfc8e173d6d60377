//! Tickets: made by a confirmed booking, opened once by the door.

use crate::database::{DatabaseError, Item, Write, s, send_write};
use crate::{Store, key, record};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::id::TicketId;
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
}

impl Store {
    /// Pattern 30: a ticket as the door knows it, once it was issued. Who may see it is for its booking to say.
    /// Strongly consistent.
    pub async fn ticket(&self, id: &TicketId) -> Result<Option<Ticket>, DatabaseError> {
        let item = self.get(self.main(), &key::ticket(id)).await?;
        item.map(|item| ticket_from(&item)).transpose()
    }

    /// Pattern 32: lets one person in with this ticket, whose code was verified. Of any number of simultaneous calls
    /// exactly one is ADMITTED; the same nonce gets the same answer again. The worker that issues tickets may be late.
    pub async fn admit(&self, ticket: &Ticket, nonce: &str, gate: Option<&str>, now: Timestamp) -> Result<Admission, DatabaseError> {
        let more =
            if gate.is_some() { ", admitted_at = :now, nonce = :nonce, gate = :gate" } else { ", admitted_at = :now, nonce = :nonce" };
        let mut request = self
            .set_ticket(ticket, TicketStatus::Admitted, more)
            .condition_expression("attribute_not_exists(pk) OR #status = :issued")
            .expression_attribute_values(":issued", record::spelled(&TicketStatus::Issued))
            .expression_attribute_values(":now", s(now.to_string()))
            .expression_attribute_values(":nonce", s(nonce))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if let Some(gate) = gate {
            request = request.expression_attribute_values(":gate", s(gate));
        }
        match send_write!("admit a ticket", UpdateItemError, request)? {
            Write::Done(_) => Ok(Admission { outcome: Outcome::Admitted, admitted_at: Some(now) }),
            Write::Refused(None) => Err(DatabaseError::Contended { operation: "admit a ticket" }),
            Write::Refused(Some(item)) => refused_admission(&item, nonce),
        }
    }

    pub(crate) fn set_ticket(&self, ticket: &Ticket, status: TicketStatus, more: &str) -> UpdateItemFluentBuilder {
        let key = key::ticket(&ticket.id);
        let mut request = self.client.update_item().table_name(self.main()).key("pk", key.pk()).key("sk", key.sk());
        let mut set = String::from("SET #status = :status");
        for (i, (name, value)) in ticket_attributes(ticket).into_iter().enumerate() {
            let _ = write!(set, ", #t{i} = :t{i}");
            request = request.expression_attribute_names(format!("#t{i}"), name).expression_attribute_values(format!(":t{i}"), value);
        }
        request
            .update_expression(set + more)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":status", record::spelled(&status))
    }
}

pub(crate) fn ticket_attributes(ticket: &Ticket) -> [(String, AttributeValue); 4] {
    [
        ("ticket_id".to_owned(), s(ticket.id.as_str())),
        ("booking_id".to_owned(), s(ticket.booking.as_str())),
        ("show".to_owned(), s(ticket.show.as_str())),
        ("seat".to_owned(), s(ticket.seat.to_string())),
    ]
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
    Ok(Admission { outcome, admitted_at })
}

fn ticket_from(item: &Item) -> Result<Ticket, DatabaseError> {
    Ok(Ticket {
        id: record::text(item, "ticket_id")?,
        booking: record::text(item, "booking_id")?,
        show: record::text(item, "show")?,
        seat: record::text(item, "seat")?,
        status: record::word(item, "status")?,
        admitted_at: record::optional_text(item, "admitted_at")?,
    })
}
