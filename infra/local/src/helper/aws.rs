//! Signed requests to those AWS services whose SDK is not worth its compile time here.

use crate::{ACCESS_KEY, REGION, SECRET_KEY};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use std::time::{Duration, SystemTime};

const TIMEOUT: Duration = Duration::from_secs(20);

/// A request could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AwsError {
    /// It could not be signed.
    #[error("the request could not be signed: {0}")]
    Signing(String),
    /// Nobody answered.
    #[error("the helper process does not answer")]
    Unreachable(#[from] reqwest::Error),
    /// The answer was an error.
    #[error("{service} answered {status}: {body}")]
    Refused {
        /// As `s3`.
        service: &'static str,
        /// The HTTP status.
        status: u16,
        /// The body, whatever it is.
        body: String,
    },
}

/// Signs and sends.
#[derive(Debug, Clone)]
pub struct Aws {
    http: reqwest::Client,
    identity: Identity,
}

impl Default for Aws {
    fn default() -> Self {
        let credentials = Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local cloud");
        Self { http: reqwest::Client::new(), identity: Identity::from(credentials) }
    }
}

impl Aws {
    /// Sends one request, whatever the answer.
    pub async fn send(
        &self,
        service: &'static str,
        method: reqwest::Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<reqwest::Response, AwsError> {
        let failed = |error: &dyn std::fmt::Display| AwsError::Signing(error.to_string());
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        let params = v4::SigningParams::builder()
            .identity(&self.identity)
            .region(REGION)
            .name(service)
            .time(SystemTime::from(api::Clock::default().now()))
            .settings(settings)
            .build()
            .map_err(|error| failed(&error))?;
        let signable = SignableRequest::new(method.as_str(), url, headers.iter().copied(), SignableBody::Bytes(&body));
        let signable = signable.map_err(|error| failed(&error))?;
        let (instructions, _) = sign(signable, &params.into()).map_err(|error| failed(&error))?.into_parts();
        let mut request = self.http.request(method, url).timeout(TIMEOUT);
        for (name, value) in headers.iter().copied().chain(instructions.headers()) {
            request = request.header(name, value);
        }
        Ok(request.body(body).send().await?)
    }

    /// Sends one request; an error status is an error.
    pub async fn ask(
        &self,
        service: &'static str,
        method: reqwest::Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Vec<u8>, AwsError> {
        let answer = self.send(service, method, url, headers, body).await?;
        let status = answer.status();
        let bytes = answer.bytes().await?.to_vec();
        if status.is_success() {
            Ok(bytes)
        } else {
            Err(AwsError::Refused { service, status: status.as_u16(), body: String::from_utf8_lossy(&bytes).into_owned() })
        }
    }
}
