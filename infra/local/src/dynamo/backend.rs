//! The database itself, and the way to it for those parts of the local cloud that are no functions.

use super::dispatch::{Answer, dispatch};
use super::expiry::Expiries;
use super::{Faults, Meter, open};
use dynoxide::Database;
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;

/// Signatures are not checked by anything that runs locally, but DynamoDB Local takes key and region out of them.
const AUTHORIZATION: &str =
    "AWS4-HMAC-SHA256 Credential=frontrow/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none";

/// Whoever reads the signature wants a date beside it.
const SIGNED_AT: &str = "20260101T000000Z";

#[derive(Debug)]
pub(super) enum Backend {
    Embedded(Embedded),
    Remote { url: String, http: reqwest::Client },
}

pub(super) struct Embedded(pub(super) Database);

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Embedded")
    }
}

/// A database, its meter and its faults.
#[derive(Debug)]
pub struct Dynamo {
    pub(super) backend: Backend,
    /// What functions ask of it.
    pub meter: Meter,
    /// What goes wrong.
    pub faults: Faults,
    pub(super) expiries: OnceLock<Expiries>,
}

/// A request failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Nobody answered.
    #[error("DynamoDB cannot be reached")]
    Unreachable(#[from] reqwest::Error),
    /// The answer was an error.
    #[error("DynamoDB answered {kind}: {message}")]
    Refused {
        /// As `ResourceInUseException`.
        kind: String,
        /// Its words.
        message: String,
    },
    /// The database's file cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Unusable(String),
}

impl Dynamo {
    /// Embedded, forgotten at the end.
    pub fn memory() -> Result<Self, CallError> {
        open::memory().map(Self::embedded).map_err(CallError::Unusable)
    }

    /// Embedded, kept in this file.
    pub fn file(path: &Path) -> Result<Self, CallError> {
        open::file(path).map(Self::embedded).map_err(CallError::Unusable)
    }

    /// At an address, as that of DynamoDB Local.
    pub fn remote(url: &str) -> Self {
        let backend = Backend::Remote { url: url.trim_end_matches('/').to_owned(), http: reqwest::Client::new() };
        Self::on(backend)
    }

    fn embedded(database: Database) -> Self {
        Self::on(Backend::Embedded(Embedded(database)))
    }

    fn on(backend: Backend) -> Self {
        Self { backend, meter: Meter::default(), faults: Faults::default(), expiries: OnceLock::new() }
    }

    /// The embedded database, if it is one.
    pub fn database(&self) -> Option<&Database> {
        match &self.backend {
            Backend::Embedded(Embedded(database)) => Some(database),
            Backend::Remote { .. } => None,
        }
    }

    /// The address, if it has one.
    pub fn url(&self) -> Option<&str> {
        match &self.backend {
            Backend::Embedded(_) => None,
            Backend::Remote { url, .. } => Some(url),
        }
    }

    /// Asks for an operation of DynamoDB or its streams; neither metered nor made to fail.
    pub async fn call(&self, operation: &str, request: &Value) -> Result<Value, CallError> {
        let body = serde_json::to_vec(request).expect("values are JSON");
        let answer = match &self.backend {
            Backend::Embedded(Embedded(database)) => dispatch(database, operation, &body),
            Backend::Remote { url, http } => {
                let streams = matches!(operation, "ListStreams" | "DescribeStream" | "GetShardIterator" | "GetRecords");
                let target = format!("{}_20120810.{operation}", if streams { "DynamoDBStreams" } else { "DynamoDB" });
                let request = http.post(url).header("x-amz-target", target).header("content-type", "application/x-amz-json-1.0");
                let response = request.header("authorization", AUTHORIZATION).header("x-amz-date", SIGNED_AT).body(body).send().await?;
                Answer { status: response.status().as_u16(), body: response.bytes().await?.to_vec() }
            }
        };
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status == 200 {
            return Ok(value);
        }
        let kind = value["__type"].as_str().unwrap_or("an error").rsplit('#').next().unwrap_or_default().to_owned();
        let message = value["message"].as_str().or_else(|| value["Message"].as_str()).unwrap_or_default().to_owned();
        Err(CallError::Refused { kind, message })
    }
}
