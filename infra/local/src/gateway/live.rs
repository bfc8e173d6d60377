//! Publications on their way to AppSync Events: taken at once, handed on at a pace that leaves the machine to the functions.
//!
//! AppSync takes a million messages a second, its stand-in here a few hundred. Messages carry state, not differences, so of
//! several about one block only the newest need arrive.

use super::reply;
use crate::helper::Helper;
use axum::body::Body;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// AppSync takes no more events at once.
const EVENTS_MAX: usize = 5;
/// Between two publications.
const PACE: Duration = Duration::from_millis(20);

/// What waits.
#[derive(Debug, Default)]
pub struct Live {
    waiting: Mutex<Waiting>,
    came: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    order: VecDeque<About>,
    newest: HashMap<About, String>,
    under_way: bool,
}

/// Which block a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct About {
    channel: String,
    row: String,
    first: u64,
}

#[derive(Deserialize)]
struct Publication {
    channel: String,
    events: Vec<String>,
}

impl Live {
    /// Takes a publication, as AppSync's HTTP endpoint would.
    pub(super) fn take(&self, body: &[u8]) -> Response<Body> {
        let Ok(publication) = serde_json::from_slice::<Publication>(body) else {
            return reply::json(StatusCode::BAD_REQUEST, &json!({ "errors": [{ "errorType": "BadRequestException" }] }));
        };
        let taken: Vec<Value> =
            (0..publication.events.len()).map(|index| json!({ "identifier": index.to_string(), "index": index })).collect();
        let mut waiting = self.waiting.lock().expect("nobody panics while adding");
        for event in publication.events {
            let Some(about) = about(&publication.channel, &event) else { continue };
            if waiting.newest.insert(about.clone(), event).is_none() {
                waiting.order.push_back(about);
            }
        }
        drop(waiting);
        self.came.notify_one();
        reply::json(StatusCode::OK, &json!({ "successful": taken, "failed": [] }))
    }

    /// Whether everything has been handed on.
    pub(super) fn is_idle(&self) -> bool {
        let waiting = self.waiting.lock().expect("nobody panics while looking");
        waiting.order.is_empty() && !waiting.under_way
    }

    /// Hands on until the end of time.
    pub async fn run(self: Arc<Self>, helper: Arc<Helper>) {
        loop {
            let Some((channel, events)) = self.next() else {
                self.came.notified().await;
                continue;
            };
            let body = json!({ "channel": channel, "events": events }).to_string();
            match helper.publish(body.into_bytes()).await {
                Ok((200, _)) => {}
                Ok((status, answer)) => {
                    tracing::warn!(status, answer = %String::from_utf8_lossy(&answer), "AppSync Events refused a publication");
                }
                Err(error) => tracing::warn!(cause = %error, "a publication was not handed on"),
            }
            self.waiting.lock().expect("nobody panics while looking").under_way = false;
            tokio::time::sleep(PACE).await;
        }
    }

    /// The oldest message that waits, and others of its channel.
    fn next(&self) -> Option<(String, Vec<String>)> {
        let mut waiting = self.waiting.lock().expect("nobody panics while taking");
        let channel = waiting.order.front()?.channel.clone();
        let mut events = Vec::new();
        while events.len() < EVENTS_MAX
            && let Some(about) = waiting.order.pop_front_if(|about| about.channel == channel)
        {
            events.extend(waiting.newest.remove(&about));
        }
        waiting.under_way = true;
        Some((channel, events))
    }
}

/// None for a block that was only just made: nobody watches it yet, and a stadium has thousands.
fn about(channel: &str, event: &str) -> Option<About> {
    let event: Value = serde_json::from_str(event).unwrap_or_default();
    (event["version"].as_u64() != Some(1)).then(|| About {
        channel: channel.to_owned(),
        row: event["row"].as_str().unwrap_or_default().to_owned(),
        first: event["first"].as_u64().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(live: &Live, channel: &str, row: &str, version: u64) {
        let event = json!({ "row": row, "first": 1, "version": version }).to_string();
        live.take(json!({ "channel": channel, "events": [event] }).to_string().as_bytes());
    }

    #[test]
    fn of_several_messages_about_a_block_the_newest_is_handed_on() {
        let live = Live::default();
        take(&live, "/seats/a/S", "A", 2);
        take(&live, "/seats/a/S", "B", 2);
        take(&live, "/seats/a/S", "A", 3);
        take(&live, "/seats/b/S", "A", 2);
        let (channel, events) = live.next().expect("some wait");
        assert_eq!(channel, "/seats/a/S");
        assert_eq!(events.len(), 2);
        assert!(events[0].contains(r#""version":3"#));
        assert_eq!(live.next().expect("another channel waits").1.len(), 1);
        assert!(live.next().is_none());
    }

    #[test]
    fn a_block_that_was_only_just_made_is_no_news() {
        let live = Live::default();
        take(&live, "/seats/a/S", "A", 1);
        assert!(live.next().is_none() && live.is_idle());
    }

    #[test]
    fn what_is_no_publication_is_refused() {
        assert_eq!(Live::default().take(b"x").status(), 400);
    }
}
