//! Live seat maps: publishes the present state of blocks to AppSync Events.
//!
//! Messages carry state, not differences, and a version: they may arrive late, twice or in any order.

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use domain::block::Block;
use domain::id::ShowId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

/// How long one publication may take.
const TIMEOUT: Duration = Duration::from_secs(5);

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

/// A message could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// There are no credentials to sign with.
    #[error("no credentials")]
    Credentials(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The request could not be signed.
    #[error("the request could not be signed")]
    Signing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// AppSync could not be reached.
    #[error("AppSync could not be reached")]
    Unreachable(#[from] reqwest::Error),
    /// AppSync refused.
    #[error("AppSync answered {0}")]
    Refused(u16),
}

/// The way to AppSync Events. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    http: reqwest::Client,
    endpoint: String,
    region: String,
    credentials: SharedCredentialsProvider,
}

impl Publisher {
    /// A publisher at the API's HTTP endpoint, as `https://….appsync-api.eu-central-1.amazonaws.com`.
    pub fn new(endpoint: &str, region: &str, credentials: SharedCredentialsProvider) -> Self {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        Self { http: reqwest::Client::new(), endpoint, region: region.to_owned(), credentials }
    }

    /// Tells the viewers of a block's section how it looks now.
    pub async fn publish(&self, show: &ShowId, block: &Block, now: Timestamp) -> Result<(), PublishError> {
        let message = serde_json::to_string(&BlockMessage::new(block, now)).expect("messages are JSON");
        let channel = channel(show, block.key.section.as_str());
        let body = serde_json::json!({ "channel": channel, "events": [message] }).to_string();
        let url = format!("{}/event", self.endpoint);
        let mut request = self.http.post(&url).timeout(TIMEOUT).header("content-type", "application/json");
        for (name, value) in self.signature(&url, &body, now).await? {
            request = request.header(name, value);
        }
        let response = request.body(body).send().await?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(PublishError::Refused(status.as_u16())) }
    }

    async fn signature(&self, url: &str, body: &str, now: Timestamp) -> Result<Vec<(String, String)>, PublishError> {
        let credentials = self.credentials.provide_credentials().await.map_err(|error| PublishError::Credentials(error.into()))?;
        let identity = Identity::from(credentials);
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("appsync")
            .time(SystemTime::from(now))
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| PublishError::Signing(error.into()))?;
        let headers = [("content-type", "application/json")];
        let signable = SignableRequest::new("POST", url, headers.into_iter(), SignableBody::Bytes(body.as_bytes()))
            .map_err(|error| PublishError::Signing(error.into()))?;
        let (instructions, _) = sign(signable, &params.into()).map_err(|error| PublishError::Signing(error.into()))?.into_parts();
        Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}
