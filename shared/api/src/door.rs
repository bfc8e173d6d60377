//! What functions are given that show or read tickets.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::Problem;
use crate::secrets::secret;
use domain::booking::BookingStatus;
use domain::id::{TicketId, UserId};
use domain::ticket::TicketStatus;
use jiff::SignedDuration;
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

impl Door {
    /// A ticket of this user. It exists exactly if their booking was confirmed: nothing has to be issued first.
    pub async fn ticket_of(&self, user: &UserId, id: &TicketId) -> Result<TicketView, Problem> {
        let store = &self.app.store;
        let booking = store.booking_of(user, &id.booking_id()).await?.filter(|booking| booking.confirmed_at.is_some());
        let booking = booking.ok_or_else(Problem::not_found)?;
        let seat = booking.seats().nth(id.index()).cloned().ok_or_else(Problem::not_found)?;
        let show = store.show(&booking.show, self.app.clock.now()).await?.ok_or_else(Problem::not_found)?;
        let at_the_door = store.ticket(id).await?;
        let status = match (booking.status, &at_the_door) {
            (_, Some(ticket)) => ticket.status,
            (BookingStatus::Confirmed, None) => TicketStatus::Issued,
            (BookingStatus::Pending | BookingStatus::Cancelled | BookingStatus::Expired | BookingStatus::Refunded, None) => {
                TicketStatus::Revoked
            }
        };
        let code = (status != TicketStatus::Revoked).then(|| {
            let valid_from = booking.confirmed_at.unwrap_or(booking.created_at);
            let valid_until = show.starts_at + VALID_AFTER_START;
            let code = TicketCode { show: show.id.clone(), ticket: id.clone(), seat: seat.clone(), valid_from, valid_until };
            code.sign(&self.keys)
        });
        Ok(TicketView {
            ticket_id: id.clone(),
            booking_id: booking.id.clone(),
            show_id: show.id.clone(),
            title: show.title.to_string(),
            venue_name: show.venue_name.to_string(),
            starts_at: show.starts_at,
            time_zone: show.zone.to_string(),
            seat,
            status,
            admitted_at: at_the_door.and_then(|ticket| ticket.admitted_at),
            code,
        })
    }
}

impl Context for Door {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let app = App::from_env(settings, aws).await?;
        Self::new(app, &secret(settings, aws, "TICKET_KEYS").await?)
    }
}
