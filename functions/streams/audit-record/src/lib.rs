//! Reads the main table's stream: writes down who changed what.

use api::{App, Error};
use store::Change;

/// Writes an entry for every change that somebody may one day ask about. A replayed record writes the same entry again.
pub async fn handle(app: &App, change: Change) -> Result<(), Error> {
    match change.audit_entry()? {
        Some(entry) => Ok(app.store.record_audit(&entry).await?),
        None => Ok(()),
    }
}
