//! The door: scans, and what a scanner knows before it goes offline.

use domain::id::{EventId, ShowId, TicketId};
use domain::seat::SeatId;
use domain::show::{Show, ShowStatus};
use domain::text::{Text, ZoneName};
use domain::ticket::{Outcome, Ticket, TicketStatus};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A scan at the door.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckIn {
    /// What the scanner read.
    pub code: Text<1, 400>,
    /// Which gate; for counting.
    pub gate: Option<Text<1, 40>>,
    /// Chosen anew for each scan by the scanner; the same nonce gets the same answer, so that a lost answer can be asked
    /// for again.
    pub nonce: Text<8, 64>,
    /// The show that this gate serves, where it serves only one.
    pub show_id: Option<ShowId>,
}

/// Scans that a device made while it was offline.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInBatch {
    /// In the order in which they were made: 1 to 50.
    #[schema(value_type = Vec<OfflineCheckIn>, min_items = 1, max_items = 50)]
    pub items: Vec<BatchItem>,
}

/// A scan of a batch. What is not one gets an answer of its own: it must not keep the others back.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum BatchItem {
    /// As it should be.
    Scan(OfflineCheckIn),
    /// Anything else.
    Malformed(serde_json::Value),
}

impl BatchItem {
    /// What its device calls it, if that can be read.
    pub fn nonce(&self) -> Option<String> {
        match self {
            Self::Scan(scan) => Some(scan.nonce.to_string()),
            Self::Malformed(item) => item["nonce"].as_str().and_then(|nonce| nonce.parse::<Text<1, 64>>().ok()).map(String::from),
        }
    }
}

/// A scan that was made while the device was offline.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfflineCheckIn {
    /// What the scanner read.
    pub code: Text<1, 400>,
    /// Which gate; for counting.
    pub gate: Option<Text<1, 40>>,
    /// Chosen anew for each scan by the scanner, and kept with it: the same nonce gets the same answer.
    pub nonce: Text<8, 64>,
    /// The show that this gate serves, where it serves only one.
    pub show_id: Option<ShowId>,
    /// When, by the device's clock. If that is ahead of ours or more than 48 hours behind it, the scan counts as made now.
    #[schema(value_type = String, format = DateTime)]
    pub scanned_at: Timestamp,
}

/// What the door shows of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdmittedTicket {
    /// Key.
    pub ticket_id: TicketId,
    /// For which show.
    pub show_id: ShowId,
    /// For which place.
    pub seat: SeatId,
}

/// The door's answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInView {
    /// Come in, or why not.
    pub outcome: Outcome,
    /// The ticket, if it is one of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<AdmittedTicket>,
    /// When somebody came in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub admitted_at: Option<Timestamp>,
    /// At which gate that was, if its scanner said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Text<1, 40>>,
}

impl CheckInView {
    /// An answer that says nothing of a ticket.
    pub fn of(outcome: Outcome) -> Self {
        Self { outcome, ticket: None, admitted_at: None, gate: None }
    }
}

/// What came of a scan of a batch.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfflineCheckInView {
    /// The scan's own nonce; absent if it had none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The door's answer.
    #[serde(flatten)]
    pub answer: CheckInView,
}

/// What came of a batch.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInBatchView {
    /// An answer for each scan, in the batch's order.
    pub items: Vec<OfflineCheckInView>,
}

/// A key with which codes can be verified without asking.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketKeyView {
    /// As the second byte of a code has it.
    pub number: u8,
    /// Always `Ed25519`.
    pub algorithm: &'static str,
    /// 32 bytes, base64url without padding.
    pub public_key: String,
}

/// All keys whose codes are good.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketKeys {
    /// The one that signs now comes first.
    pub items: Vec<TicketKeyView>,
}

/// A show, for those who work its door.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoorShowView {
    /// Key.
    pub show_id: ShowId,
    /// Of which event.
    pub event_id: EventId,
    /// What is played.
    pub title: Text<1, 200>,
    /// Where.
    pub venue_name: Text<1, 120>,
    /// In which city.
    pub city: Text<1, 80>,
    /// Where the venue's clocks are.
    pub time_zone: ZoneName,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Whether it was called off.
    pub status: ShowStatus,
}

impl From<&Show> for DoorShowView {
    fn from(show: &Show) -> Self {
        Self {
            show_id: show.id.clone(),
            event_id: show.event.clone(),
            title: show.title.clone(),
            venue_name: show.venue_name.clone(),
            city: show.city.clone(),
            time_zone: show.zone.clone(),
            starts_at: show.starts_at,
            status: show.status,
        }
    }
}

/// A page of shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoorShowPage {
    /// The nearest first.
    pub items: Vec<DoorShowView>,
    /// The cursor of the next page, if there may be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A ticket that something happened to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoorTicketView {
    /// Key.
    pub ticket_id: TicketId,
    /// For which place.
    pub seat: SeatId,
    /// ISSUED tickets were frozen once and let people in again.
    pub status: TicketStatus,
    /// When somebody came in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub admitted_at: Option<Timestamp>,
    /// At which gate that was, if its scanner said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<Text<1, 40>>,
}

impl From<Ticket> for DoorTicketView {
    fn from(ticket: Ticket) -> Self {
        let Ticket { id, seat, status, admitted_at, gate, .. } = ticket;
        Self { ticket_id: id, seat, status, admitted_at, gate }
    }
}

/// A page of a show's door list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoorTicketPage {
    /// Of which show.
    pub show_id: ShowId,
    /// When the reading began, the same on all pages: the `since` to ask next for what changed.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
    /// In no order that means anything. Every ticket that is not in the list is as its code says.
    pub items: Vec<DoorTicketView>,
    /// The cursor of the next page, if there may be one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
