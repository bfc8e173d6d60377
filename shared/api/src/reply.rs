//! What a function answers.

use crate::problem::Problem;
use lambda_http::{Body, Response};
use serde::Serialize;
use store::{KEPT_REPLY_BYTES_MAX, KeptReply};

/// The headers of an answer that are said again when it is said again.
const KEPT_HEADERS: [&str; 4] = ["cache-control", "content-type", "location", "retry-after"];
/// Says that an answer is said again.
const REPLAYED: &str = "idempotent-replayed";
const PROBLEM: &str = "application/problem+json";

/// An answer on its way to the client. Not cached anywhere unless it says so.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

impl Reply {
    /// 200 with this JSON.
    pub fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    /// 201 with this JSON.
    pub fn created(body: &impl Serialize) -> Self {
        Self::json(201, body)
    }

    /// 202 with this JSON: under way, ask again.
    pub fn accepted(body: &impl Serialize) -> Self {
        Self::json(202, body)
    }

    /// 204.
    pub fn no_content() -> Self {
        Self { status: 204, headers: vec![], body: Body::Empty }
    }

    /// 200 with text of this media type.
    pub fn text(media_type: &str, text: String) -> Self {
        Self { status: 200, headers: vec![("content-type", media_type.to_owned())], body: Body::Text(text) }
    }

    /// 200 with bytes of this media type.
    pub fn bytes(media_type: &str, bytes: Vec<u8>) -> Self {
        Self { status: 200, headers: vec![("content-type", media_type.to_owned())], body: Body::Binary(bytes) }
    }

    fn json(status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_string(body).expect("views are JSON");
        Self { status, headers: vec![("content-type", "application/json".to_owned())], body: Body::Text(body) }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Lets caches keep it, in `Cache-Control`'s words.
    #[must_use]
    pub fn cached(self, control: &str) -> Self {
        self.header("cache-control", control)
    }

    /// What is kept of it, unless it is longer than anything that is kept.
    pub(crate) fn kept(&self) -> Option<KeptReply> {
        let body = self.body.as_ref().to_vec();
        let kept = self.headers.iter().filter(|(name, _)| KEPT_HEADERS.contains(name));
        let headers = kept.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        (body.len() <= KEPT_REPLY_BYTES_MAX).then_some(KeptReply { status: self.status, headers, body })
    }

    /// What was kept, said again.
    pub(crate) fn replayed(kept: KeptReply) -> Self {
        let KeptReply { status, headers, body } = kept;
        let value_of = |name: &&'static str| headers.iter().find(|(kept, _)| kept == name).map(|(_, value)| (*name, value.clone()));
        let headers = KEPT_HEADERS.iter().filter_map(value_of).collect();
        let body = match String::from_utf8(body) {
            Ok(text) if text.is_empty() => Body::Empty,
            Ok(text) => Body::Text(text),
            Err(bytes) => Body::Binary(bytes.into_bytes()),
        };
        Self { status, headers, body }.header(REPLAYED, "true")
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::builder().status(self.status);
        if !self.headers.iter().any(|(name, _)| *name == "cache-control") {
            response = response.header("cache-control", "no-store");
        }
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(self.body).unwrap_or_else(|error| Problem::internal(error).into_response())
    }
}

impl Problem {
    /// What is kept of it.
    pub(crate) fn kept(&self) -> KeptReply {
        let retry_after = self.retry_after_seconds().map(|seconds| ("retry-after".to_owned(), seconds.to_string()));
        let headers = [("content-type".to_owned(), PROBLEM.to_owned())].into_iter().chain(retry_after).collect();
        KeptReply { status: self.kind().status(), headers, body: self.body() }
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        self.log();
        let mut response = Response::new(Body::Binary(vec![]));
        *response.status_mut() = lambda_http::http::StatusCode::from_u16(self.kind().status()).expect("a known status");
        let headers = response.headers_mut();
        headers.insert("content-type", lambda_http::http::HeaderValue::from_static(PROBLEM));
        headers.insert("cache-control", lambda_http::http::HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds() {
            headers.insert("retry-after", seconds.into());
        }
        *response.body_mut() = Body::Text(String::from_utf8(self.body()).expect("JSON is UTF-8"));
        response
    }
}
