//! Reads the inventory's stream: frees the claims of holds that ran out.
//!
//! Tidying, not correctness: a lapsed claim is no obstacle to anybody's hold, and readers do not show it.

use api::{App, Error};
use store::{Change, StoredChange};

/// Frees what a lapsed hold left behind; never what was sold or is somebody else's by now.
pub async fn handle(app: &App, change: Change) -> Result<(), Error> {
    match change.meaning()? {
        StoredChange::HoldLapsed(hold) => Ok(app.store.tidy_lapsed_hold(&hold).await?),
        StoredChange::Block { .. }
        | StoredChange::Booking(_)
        | StoredChange::BookingReturned(_)
        | StoredChange::EventCancelled(_)
        | StoredChange::Other => Ok(()),
    }
}
