//! What functions are given that show or read tickets.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::{Problem, ProblemKind};
use crate::secrets::secret;
use domain::booking::BookingStatus;
use domain::hold::HeldPlace;
use domain::id::{TicketId, UserId};
use domain::show::Show;
use domain::ticket::TicketStatus;
use jiff::SignedDuration;
use std::sync::Arc;
use tickets::{Keys, TicketCode};
use wire::TicketView;

/// How long after the show began its tickets still open the door.
const VALID_AFTER_START: SignedDuration = SignedDuration::from_hours(24);

/// Store, clock, and the keys that tickets are signed with.
#[derive(Debug, Clone)]
pub struct Door {
    /// Store and clock.
    pub app: App,
    /// Signs and verifies codes.
    pub keys: Keys,
}

impl Door {
    /// A door with these keys, as `1:<base64 of 32 bytes>`, the newest first, separated by commas.
    pub fn new(app: App, keys: &str) -> Result<Self, SettingsError> {
        let keys = keys.parse().map_err(|error: tickets::InvalidKeys| SettingsError::Invalid("TICKET_KEYS", error.to_string()))?;
        Ok(Self { app, keys })
    }
}

/// A ticket with what it was derived from.
#[derive(Debug, Clone)]
pub struct FoundTicket {
    /// As its owner sees it.
    pub view: TicketView,
    /// The place as it was bought.
    pub place: HeldPlace,
    /// What it is for.
    pub show: Arc<Show>,
}

impl FoundTicket {
    /// What the scanner reads; a revoked ticket has no code any more, and a frozen one none for now.
    pub fn code(&self) -> Result<&str, Problem> {
        self.view.code.as_deref().ok_or_else(|| Problem::new(ProblemKind::StateConflict).with("ticketStatus", self.view.status))
    }
}

impl Door {
    /// A ticket of this user. It exists exactly if their booking was confirmed: nothing has to be issued first.
    pub async fn ticket_of(&self, user: &UserId, id: &TicketId) -> Result<FoundTicket, Problem> {
        let store = &self.app.store;
        let booking = store.booking_of(user, &id.booking_id()).await?.filter(|booking| booking.confirmed_at.is_some());
        let booking = booking.ok_or_else(Problem::not_found)?;
        let place = booking.places.get(id.index()).cloned().ok_or_else(Problem::not_found)?;
        let show = store.show(&booking.show, self.app.clock.now()).await?.ok_or_else(Problem::not_found)?;
        let at_the_door = store.ticket(id).await?;
        let status = match (booking.status, &at_the_door) {
            (_, Some(ticket)) => ticket.status,
            (BookingStatus::Confirmed, None) => TicketStatus::Issued,
            (
                BookingStatus::Pending
                | BookingStatus::Cancelled
                | BookingStatus::Expired
                | BookingStatus::Refunded
                | BookingStatus::PartiallyRefunded,
                None,
            ) => TicketStatus::Revoked,
        };
        let lets_in = matches!(status, TicketStatus::Issued | TicketStatus::Admitted);
        let code = lets_in.then(|| {
            let valid_from = booking.confirmed_at.unwrap_or(booking.created_at);
            let valid_until = show.starts_at + VALID_AFTER_START;
            let code = TicketCode { show: show.id.clone(), ticket: id.clone(), seat: place.seat.clone(), valid_from, valid_until };
            code.sign(&self.keys)
        });
        let view = TicketView {
            ticket_id: id.clone(),
            booking_id: booking.id.clone(),
            show_id: show.id.clone(),
            title: show.title.to_string(),
            venue_name: show.venue_name.to_string(),
            starts_at: show.starts_at,
            time_zone: show.zone.to_string(),
            seat: place.seat.clone(),
            status,
            admitted_at: at_the_door.and_then(|ticket| ticket.admitted_at),
            code,
        };
        Ok(FoundTicket { view, place, show })
    }
}

impl Context for Door {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let app = App::from_env(settings, aws).await?;
        Self::new(app, &secret(settings, aws, "TICKET_KEYS").await?)
    }
}
