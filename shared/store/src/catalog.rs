//! Venues, events and shows.

use crate::database::{DatabaseError, Item};
use crate::{Store, key, record};
use domain::id::{ShowId, VenueId};
use domain::show::Show;
use domain::venue::Venue;
use jiff::Timestamp;
use std::sync::Arc;

impl Store {
    /// Pattern 43: a venue with its layout. Remembered for good: a layout never changes.
    pub async fn venue(&self, id: &VenueId) -> Result<Option<Arc<Venue>>, DatabaseError> {
        if let Some(venue) = self.cache.venue(id) {
            return Ok(Some(venue));
        }
        let Some(item) = self.get(self.main(), &key::venue(id)).await? else { return Ok(None) };
        let venue = Arc::new(venue_from(item)?);
        self.cache.keep_venue(venue.clone());
        Ok(Some(venue))
    }

    /// Pattern 44: a show. Remembered for a second: who writes relies on the blocks' own conditions.
    pub async fn show(&self, id: &ShowId, now: Timestamp) -> Result<Option<Arc<Show>>, DatabaseError> {
        if let Some(show) = self.cache.show(id, now) {
            return Ok(Some(show));
        }
        let Some(item) = self.get(self.main(), &key::show(id)).await? else { return Ok(None) };
        let show = Arc::new(show_from(item)?);
        self.cache.keep_show(show.clone(), now);
        Ok(Some(show))
    }
}

fn venue_from(item: Item) -> Result<Venue, DatabaseError> {
    let _ = record::from_item::<serde_json::Value>(item);
    Err(DatabaseError::Unreadable("venue".to_owned()))
}

fn show_from(item: Item) -> Result<Show, DatabaseError> {
    let _ = record::from_item::<serde_json::Value>(item);
    Err(DatabaseError::Unreadable("show".to_owned()))
}
