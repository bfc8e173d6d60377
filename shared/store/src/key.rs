//! Every key of both tables, spelled here and nowhere else. Numbers refer to `docs/data-model.md`.

use crate::database::{Item, s};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::block::BlockKey;
use domain::event::EventStatus;
use domain::id::{BookingId, EventId, OrganizationId, PaymentId, ShowId, TicketId, UserId, VenueId};
use domain::seat::{RowLabel, SectionCode};

/// Partition and sort key of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    /// As the SDK wants it.
    pub(crate) fn attributes(&self) -> Item {
        Item::from([("pk".to_owned(), self.pk()), ("sk".to_owned(), self.sk())])
    }

    pub(crate) fn pk(&self) -> AttributeValue {
        s(&self.pk)
    }

    pub(crate) fn sk(&self) -> AttributeValue {
        s(&self.sk)
    }
}

/// The sort keys of blocks begin with this.
pub(crate) const BLOCK_PREFIX: &str = "BLOCK#";
/// The sort keys of bookings begin with this.
pub(crate) const BOOKING_PREFIX: &str = "BOOKING#";
/// The partition keys of holds begin with this.
pub(crate) const HOLD_PREFIX: &str = "HOLD#";
/// Partitions over which payments that need attention are spread.
pub(crate) const DUE_SHARDS: u8 = 8;

// inventory

/// The blocks of one section of a show.
pub(crate) fn section(show: &ShowId, section: &SectionCode) -> String {
    format!("SHOW#{show}#{section}")
}

pub(crate) fn block(show: &ShowId, block: &BlockKey) -> Key {
    Key::new(section(show, &block.section), format!("{BLOCK_PREFIX}{}#{:05}", block.row, block.first))
}

pub(crate) fn hold(show: &ShowId, user: &UserId) -> Key {
    Key::new(format!("{HOLD_PREFIX}{show}#{user}"), "HOLD")
}

pub(crate) fn bought(show: &ShowId, user: &UserId) -> Key {
    Key::new(format!("{HOLD_PREFIX}{show}#{user}"), "BOUGHT")
}

// main

pub(crate) fn profile(user: &UserId) -> Key {
    Key::new(user_partition(user), "PROFILE")
}

pub(crate) fn user_partition(user: &UserId) -> String {
    format!("USER#{user}")
}

pub(crate) fn booking(user: &UserId, booking: &BookingId) -> Key {
    Key::new(user_partition(user), format!("{BOOKING_PREFIX}{booking}"))
}

pub(crate) fn payment(payment: &PaymentId) -> Key {
    Key::new(format!("PAYMENT#{payment}"), "PAYMENT")
}

pub(crate) fn sandbox(payment: &PaymentId) -> Key {
    Key::new(format!("SANDBOX#{payment}"), "PAYMENT")
}

pub(crate) fn ticket(ticket: &TicketId) -> Key {
    Key::new(format!("TICKET#{ticket}"), "TICKET")
}

pub(crate) fn venue(venue: &VenueId) -> Key {
    Key::new(format!("VENUE#{venue}"), "VENUE")
}

pub(crate) fn event(event: &EventId) -> Key {
    Key::new(format!("EVENT#{event}"), "EVENT")
}

/// What the public list shows of an event in one month.
pub(crate) fn listed(event: &EventId, month: &str) -> Key {
    Key::new(format!("EVENT#{event}"), format!("LISTED#{month}"))
}

pub(crate) fn show(show: &ShowId) -> Key {
    Key::new(format!("SHOW#{show}"), "SHOW")
}

/// What is left of one section, an item a row.
pub(crate) fn availability_partition(show: &ShowId, section: &SectionCode) -> String {
    format!("AVAILABILITY#{show}#{section}")
}

pub(crate) fn availability(show: &ShowId, section: &SectionCode, row: &RowLabel) -> Key {
    Key::new(availability_partition(show, section), row.as_str())
}

pub(crate) fn organization(organization: &OrganizationId) -> Key {
    Key::new(format!("ORG#{organization}"), "ORG")
}

pub(crate) fn audit(subject: &str, at: &str, id: &str) -> Key {
    Key::new(format!("AUDIT#{subject}"), format!("{at}#{id}"))
}

// gsi1 of main

pub(crate) const GSI_VENUES: &str = "VENUES";

pub(crate) fn gsi_month(month: &str) -> String {
    format!("LISTED#{month}")
}

pub(crate) fn gsi_organization_events(organization: &OrganizationId) -> String {
    format!("ORG#{organization}#EVENTS")
}

pub(crate) fn gsi_event_shows(event: &EventId) -> String {
    format!("EVENT#{event}#SHOWS")
}

/// For approval queues: events of one status, whoever sells them.
pub(crate) fn gsi_status(status: EventStatus) -> String {
    format!("STATUS#{status:?}").to_uppercase()
}
