//! Tickets.

use domain::id::{BookingId, ShowId, TicketId};
use domain::seat::SeatId;
use domain::ticket::TicketStatus;
use jiff::Timestamp;
use serde::Serialize;
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
