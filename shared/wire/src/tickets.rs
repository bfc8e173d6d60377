//! Tickets and the door.

use domain::id::{BookingId, ShowId, TicketId};
use domain::seat::SeatId;
use domain::text::Text;
use domain::ticket::{Outcome, TicketStatus};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A ticket as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketView {
    /// Key.
    pub ticket_id: TicketId,
    /// Bought with.
    pub booking_id: BookingId,
    /// For which show.
    pub show_id: ShowId,
    /// What is played.
    pub title: String,
    /// Where.
    pub venue_name: String,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Where the venue's clocks are.
    pub time_zone: String,
    /// For which place.
    pub seat: SeatId,
    /// Where it is in its life.
    pub status: TicketStatus,
    /// When somebody came in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub admitted_at: Option<Timestamp>,
    /// What the scanner reads; absent once the ticket is revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A page to print: a ticket as PDF. Only described: its bytes are no JSON.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct TicketPdf(#[expect(dead_code, reason = "stands in the description only")] Vec<u8>);

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
}
