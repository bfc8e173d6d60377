//! Every key of both tables, spelled here and nowhere else. Numbers refer to `docs/data-model.md`.

use crate::database::{Item, s};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::block::BlockKey;
use domain::coupon::CouponCode;
use domain::event::EventStatus;
use domain::id::{BookingId, EventId, OrganizationId, PaymentId, RefundId, ShowId, TicketId, UserId, VenueId};
use domain::idempotency::IdempotencyKey;
use domain::invoice::{DocumentKind, FinancialYear};
use domain::refund::RefundStatus;
use domain::seat::{RowLabel, SectionCode};
use jiff::Timestamp;
use jiff::civil::Date;

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
/// The partition keys of shows and their sections begin with this.
pub(crate) const SHOW_PREFIX: &str = "SHOW#";
/// The partition keys of payments begin with this.
pub(crate) const PAYMENT_PREFIX: &str = "PAYMENT#";
/// The sort keys of a payment's postings begin with this.
pub(crate) const POSTING_PREFIX: &str = "POSTING#";
/// The sort keys of a payment's refunds begin with this.
pub(crate) const REFUND_PREFIX: &str = "REFUND#";
/// The sort keys of invoices and credit notes begin with this.
pub(crate) const DOCUMENT_PREFIX: &str = "DOCUMENT#";
/// The partition keys of holds begin with this.
pub(crate) const HOLD_PREFIX: &str = "HOLD#";
/// The sort key of an event.
pub(crate) const EVENT: &str = "EVENT";
/// Partitions over which payments that need attention are spread.
pub(crate) const DUE_SHARDS: u8 = 8;
/// Partitions of the index over which an organization's postings of one day are spread: 8,000 postings a second.
pub(crate) const LEDGER_SHARDS: u8 = 8;
/// Partitions of the index over which the bookings of one show are spread: 8,000 confirmations a second.
pub const BOOKING_SHARDS: u8 = 8;
/// Partitions of the index over which the tickets of one show are spread that something happened to: 8,000 a second.
pub(crate) const TICKET_SHARDS: u8 = 8;

/// The shard of this many in which something lies that is named so.
pub(crate) fn shard_of(name: &str, shards: u8) -> u8 {
    let sum: u32 = name.bytes().map(u32::from).sum();
    u8::try_from(sum % u32::from(shards)).unwrap_or(0)
}

// inventory

/// The blocks of one section of a show.
pub(crate) fn section(show: &ShowId, section: &SectionCode) -> String {
    format!("{SHOW_PREFIX}{show}#{section}")
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
    Key::new(format!("{PAYMENT_PREFIX}{payment}"), "PAYMENT")
}

/// A movement of a payment's money. It lies with the payment, so that one query tells the whole story.
pub(crate) fn posting(payment: &PaymentId, name: &str) -> Key {
    Key::new(format!("{PAYMENT_PREFIX}{payment}"), format!("{POSTING_PREFIX}{name}"))
}

pub(crate) fn refund(payment: &PaymentId, refund: &RefundId) -> Key {
    Key::new(format!("{PAYMENT_PREFIX}{payment}"), format!("{REFUND_PREFIX}{refund}"))
}

/// How far a round through one part of a called-off show's bookings is.
pub(crate) fn call_off(show: &ShowId, round: u8, shard: u8) -> Key {
    Key::new(format!("CALLOFF#{show}"), format!("{round}#{shard:02}"))
}

/// The document of a posting.
pub(crate) fn document(payment: &PaymentId, posting: &str) -> Key {
    Key::new(format!("{PAYMENT_PREFIX}{payment}"), format!("{DOCUMENT_PREFIX}{posting}"))
}

/// Under which name a provider knows a payment.
pub(crate) fn reference(provider: &str, reference: &str) -> Key {
    Key::new(format!("REFERENCE#{provider}#{reference}"), "PAYMENT")
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

/// What the list shows of a venue: everything but its layout.
pub(crate) fn venue_card(venue: &VenueId) -> Key {
    Key::new(format!("VENUE#{venue}"), "CARD")
}

pub(crate) fn event(event: &EventId) -> Key {
    Key::new(format!("EVENT#{event}"), EVENT)
}

/// Where an event is in its life, for the list of all events of one status.
pub(crate) fn event_status(event: &EventId) -> Key {
    Key::new(format!("EVENT#{event}"), "STATUS")
}

/// What the public list shows of an event in one month.
pub(crate) fn listed(event: &EventId, month: &str) -> Key {
    Key::new(format!("EVENT#{event}"), format!("LISTED#{month}"))
}

pub(crate) fn show(show: &ShowId) -> Key {
    Key::new(format!("{SHOW_PREFIX}{show}"), "SHOW")
}

/// Where those who work the door of a show find it.
pub(crate) fn show_card(show: &ShowId) -> Key {
    Key::new(format!("{SHOW_PREFIX}{show}"), "CARD")
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

pub(crate) fn coupon(organization: &OrganizationId, code: &CouponCode) -> Key {
    Key::new(coupon_partition(organization, code), "COUPON")
}

/// Uses of a coupon that are counted in one shard: a partition of its own, or a crowd would meet in one all the same.
pub(crate) fn coupon_shard(organization: &OrganizationId, code: &CouponCode, shard: u8) -> Key {
    Key::new(format!("{}#{shard}", coupon_partition(organization, code)), "USES")
}

/// How often one person used a coupon.
pub(crate) fn coupon_user(organization: &OrganizationId, code: &CouponCode, user: &UserId) -> Key {
    Key::new(format!("{}#{user}", coupon_partition(organization, code)), "USES")
}

fn coupon_partition(organization: &OrganizationId, code: &CouponCode) -> String {
    format!("COUPON#{organization}#{code}")
}

/// The next number of an organization's documents of one kind in one year.
pub(crate) fn series(organization: &OrganizationId, kind: DocumentKind, year: &FinancialYear) -> Key {
    Key::new(format!("ORG#{organization}"), format!("SERIES#{}#{year}", kind.as_str()))
}

pub(crate) fn audit_partition(subject: &str) -> String {
    format!("AUDIT#{subject}")
}

pub(crate) fn audit(subject: &str, at: &str, id: &str) -> Key {
    Key::new(audit_partition(subject), format!("{at}#{id}"))
}

/// What a user asked under a key of their own. Not in the user's partition, whose changes are audited; and what the client chose
/// comes last, so that no key can pass for another kind of item.
pub(crate) fn idempotency(user: &UserId, route: &str, key: &IdempotencyKey) -> Key {
    Key::new(format!("IDEMPOTENCY#{user}"), format!("{route}#{key}"))
}

// gsi1 of main

/// The index that lists are read from.
pub(crate) const GSI: &str = "gsi1";

/// The attributes by which an item is found in the index.
pub(crate) fn gsi(partition: impl Into<String>, position: impl Into<String>) -> Item {
    Item::from([("gsi1pk".to_owned(), s(partition)), ("gsi1sk".to_owned(), s(position))])
}

pub(crate) const GSI_VENUES: &str = "VENUES";

/// Venues sort by city, then by name. The last part tells venues of one name apart.
pub(crate) fn gsi_venue_position(city: &str, name: &str, venue: &VenueId) -> String {
    format!("{}{}#{venue}", gsi_city_prefix(city), name.to_lowercase().replace('#', " "))
}

/// The positions of one city's venues begin with this.
pub(crate) fn gsi_city_prefix(city: &str) -> String {
    format!("{}#", city.to_lowercase().replace('#', " "))
}

/// Things that sort by a moment. Seconds have a fixed width, so that text sorts as time does.
pub(crate) fn gsi_moment_position(at: Timestamp, id: &str) -> String {
    format!("{}#{id}", gsi_moment(at))
}

/// Before everything of this second, and after everything of the second before.
pub(crate) fn gsi_moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(crate) fn gsi_month(month: &str) -> String {
    format!("LISTED#{month}")
}

pub(crate) fn gsi_organization_events(organization: &OrganizationId) -> String {
    format!("ORG#{organization}#EVENTS")
}

pub(crate) fn gsi_organization_coupons(organization: &OrganizationId) -> String {
    format!("ORG#{organization}#COUPONS")
}

/// All organizations, by identifier.
pub(crate) const GSI_ORGANIZATIONS: &str = "ORGANIZATIONS";

/// An organization's documents of one kind in one year.
pub(crate) fn gsi_documents(organization: &OrganizationId, kind: DocumentKind, year: &FinancialYear) -> String {
    format!("ORG#{organization}#DOCUMENTS#{}#{year}", kind.as_str())
}

/// Ten digits sort as numbers do.
pub(crate) fn gsi_serial_position(serial: u32) -> String {
    format!("{serial:010}")
}

pub(crate) fn gsi_event_shows(event: &EventId) -> String {
    format!("EVENT#{event}#SHOWS")
}

/// An organization's shows that are or were on sale.
pub(crate) fn gsi_organization_shows(organization: &OrganizationId) -> String {
    format!("ORG#{organization}#SHOWS")
}

/// Tickets of a show that something happened to.
pub(crate) fn gsi_show_tickets(show: &ShowId, shard: u8) -> String {
    format!("{SHOW_PREFIX}{show}#TICKETS#{shard}")
}

/// An organization's postings of one day.
pub(crate) fn gsi_ledger(organization: &OrganizationId, day: Date, shard: u8) -> String {
    format!("LEDGER#{organization}#{day}#{shard}")
}

/// An organization's refunds of one status.
pub(crate) fn gsi_refunds(organization: &OrganizationId, status: RefundStatus) -> String {
    format!("ORG#{organization}#REFUNDS#{}", status.as_str())
}

/// What the sandbox knows of payments of one day.
pub(crate) fn gsi_sandbox(day: Date) -> String {
    format!("SANDBOX#{day}")
}

/// The bookings of a show that were ever confirmed; they sort by age.
pub(crate) fn gsi_show_bookings(show: &ShowId, shard: u8) -> String {
    format!("SHOW#{show}#BOOKINGS#{shard}")
}

/// Events of one status, whoever sells them: those that are handed in wait here for approval.
pub(crate) fn gsi_status(status: EventStatus) -> String {
    format!("STATUS#{status:?}").to_uppercase()
}
