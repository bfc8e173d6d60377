//! Signed requests to AWS services of which we use a single call: an SDK for each would cost megabytes and compile minutes.

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use jiff::Timestamp;
use std::time::{Duration, SystemTime};

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A request was not answered well.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// There are no credentials to sign with.
    #[error("no credentials")]
    Credentials(#[source] Source),
    /// The request could not be signed.
    #[error("the request could not be signed")]
    Signing(#[source] Source),
    /// The service could not be reached.
    #[error("the service could not be reached")]
    Unreachable(#[from] reqwest::Error),
    /// The service refused.
    #[error("the service answered {0}")]
    Refused(u16),
}

/// The way to one AWS service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Service {
    http: reqwest::Client,
    /// As it is signed for: `ssm`, `appsync`.
    name: &'static str,
    region: String,
    credentials: SharedCredentialsProvider,
}

impl Service {
    /// The service `name` of a region.
    pub fn new(name: &'static str, region: &str, credentials: SharedCredentialsProvider) -> Self {
        Self { http: reqwest::Client::new(), name, region: region.to_owned(), credentials }
    }

    /// Sends a body with these headers, signed at `now`; answers the reply's body.
    pub async fn post(&self, url: &str, headers: &[(&str, &str)], body: String, now: Timestamp) -> Result<String, PostError> {
        let mut request = self.http.post(url).timeout(TIMEOUT);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        for (name, value) in self.signature(url, headers, &body, now).await? {
            request = request.header(name, value);
        }
        let response = request.body(body).send().await?;
        let status = response.status();
        if status.is_success() { Ok(response.text().await?) } else { Err(PostError::Refused(status.as_u16())) }
    }

    async fn signature(&self, url: &str, headers: &[(&str, &str)], body: &str, now: Timestamp) -> Result<Vec<(String, String)>, PostError> {
        let credentials = self.credentials.provide_credentials().await.map_err(|error| PostError::Credentials(error.into()))?;
        let identity = Identity::from(credentials);
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.name)
            .time(SystemTime::from(now))
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| PostError::Signing(error.into()))?;
        let signable = SignableRequest::new("POST", url, headers.iter().copied(), SignableBody::Bytes(body.as_bytes()))
            .map_err(|error| PostError::Signing(error.into()))?;
        let (instructions, _) = sign(signable, &params.into()).map_err(|error| PostError::Signing(error.into()))?.into_parts();
        Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}
