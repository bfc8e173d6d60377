//! Live seat maps: publishes the present state of blocks to AppSync Events.
//!
//! Messages carry state, not differences, and a version: they may arrive late, twice or in any order.

use aws_credential_types::provider::SharedCredentialsProvider;
use domain::block::Block;
use domain::id::ShowId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use signed::{PostError, Service};

/// What viewers of a section are told about one block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockMessage {
    /// The section.
    pub section: String,
    /// The row.
    pub row: String,
    /// The number of the block's first place.
    pub first: u16,
    /// One letter per place.
    pub states: String,
    /// Raised by every write.
    pub version: u64,
}

impl BlockMessage {
    /// How a block looks at `now`.
    pub fn new(block: &Block, now: Timestamp) -> Self {
        Self {
            section: block.key.section.to_string(),
            row: block.key.row.to_string(),
            first: block.key.first,
            states: block.states(now),
            version: block.version,
        }
    }
}

/// Where viewers of one section of a show listen.
pub fn channel(show: &ShowId, section: &str) -> String {
    // AppSync allows letters, digits and dashes in a segment.
    format!("/seats/{}/{section}", show.as_str().replace('_', "-"))
}

/// The way to AppSync Events. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    appsync: Service,
    endpoint: String,
}

impl Publisher {
    /// A publisher at the API's HTTP endpoint, as `https://….appsync-api.eu-central-1.amazonaws.com`.
    pub fn new(endpoint: &str, region: &str, credentials: SharedCredentialsProvider) -> Self {
        Self { appsync: Service::new("appsync", region, credentials), endpoint: endpoint.trim_end_matches('/').to_owned() }
    }

    /// Tells the viewers of a block's section how it looks now.
    pub async fn publish(&self, show: &ShowId, block: &Block, now: Timestamp) -> Result<(), PostError> {
        let message = serde_json::to_string(&BlockMessage::new(block, now)).expect("messages are JSON");
        let channel = channel(show, block.key.section.as_str());
        let body = serde_json::json!({ "channel": channel, "events": [message] }).to_string();
        self.appsync.post(&format!("{}/event", self.endpoint), &[("content-type", "application/json")], body, now).await?;
        Ok(())
    }
}
