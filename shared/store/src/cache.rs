//! What a warm function remembers: layouts, which never change, and shows, for a moment.

use domain::id::{ShowId, VenueId};
use domain::show::Show;
use domain::venue::Venue;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Venues kept in memory; a layout of 50,000 places is about 100 KB.
const VENUES_MAX: usize = 64;
/// Shows kept in memory.
const SHOWS_MAX: usize = 256;
/// How long a show may be out of date. Harmless: the blocks themselves refuse what a stale show would allow.
const SHOW_AGE_MAX: SignedDuration = SignedDuration::from_millis(1_000);

#[derive(Debug, Default)]
pub(crate) struct Cache {
    venues: Mutex<HashMap<VenueId, Arc<Venue>>>,
    shows: Mutex<HashMap<ShowId, (Timestamp, Arc<Show>)>>,
}

impl Cache {
    pub(crate) fn venue(&self, id: &VenueId) -> Option<Arc<Venue>> {
        self.venues.lock().expect("no holder panics").get(id).cloned()
    }

    pub(crate) fn keep_venue(&self, venue: Arc<Venue>) {
        let mut venues = self.venues.lock().expect("no holder panics");
        if venues.len() >= VENUES_MAX {
            venues.clear();
        }
        venues.insert(venue.id.clone(), venue);
    }

    pub(crate) fn show(&self, id: &ShowId, now: Timestamp) -> Option<Arc<Show>> {
        let shows = self.shows.lock().expect("no holder panics");
        shows.get(id).filter(|(read_at, _)| now.duration_since(*read_at).abs() <= SHOW_AGE_MAX).map(|(_, show)| show.clone())
    }

    pub(crate) fn keep_show(&self, show: Arc<Show>, now: Timestamp) {
        let mut shows = self.shows.lock().expect("no holder panics");
        if shows.len() >= SHOWS_MAX {
            shows.clear();
        }
        shows.insert(show.id.clone(), (now, show));
    }

    /// For who has just changed it.
    pub(crate) fn forget_show(&self, id: &ShowId) {
        self.shows.lock().expect("no holder panics").remove(id);
    }
}
