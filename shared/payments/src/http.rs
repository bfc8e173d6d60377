//! Asking a provider over HTTP: bounded in time, repeated only where repeating is harmless.

use crate::provider::ProviderError;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// How long one try may take, unless the settings say otherwise.
pub(crate) const TRY_TIME_MAX: Duration = Duration::from_secs(3);
/// How long connecting may take.
const CONNECT_TIME_MAX: Duration = Duration::from_millis(1_500);
/// Tries of a call that may be repeated. Queue and reconciler try again later.
const TRIES_MAX: u32 = 2;
/// The longest pause between two tries is this part of a try; each is a random part of that, so that a crowd does not come back at
/// once.
const PAUSE_SHARE: u32 = 8;
/// No answer that we read is longer.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// How we show the provider who we are.
#[derive(Clone)]
pub(crate) enum Key {
    /// `Authorization: Bearer`.
    Bearer(String),
    /// User and password.
    Basic(String, String),
}

/// A provider's API. Not `Debug`: it knows a secret.
#[derive(Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    base: String,
    key: Key,
    try_time_max: Duration,
}

/// One call.
pub(crate) struct Call<'a> {
    /// GET or POST.
    pub(crate) method: Method,
    /// Below the base, with a slash at its beginning.
    pub(crate) path: String,
    /// Further headers.
    pub(crate) headers: &'a [(&'static str, &'a str)],
    /// What is sent.
    pub(crate) body: Body<'a>,
    /// Whether the provider does it once however often it is asked.
    pub(crate) repeatable: bool,
}

/// What is sent.
pub(crate) enum Body<'a> {
    /// Nothing.
    Empty,
    /// As forms do.
    Form(&'a [(&'a str, String)]),
    /// As JSON.
    Json(serde_json::Value),
}

/// What came back: done, or refused with a reason. Whatever may go better next time is `ProviderError::Unavailable`.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    body: Vec<u8>,
}

/// The provider answered with something that we cannot use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Useless {
    /// A status that stands for trouble on its side, or for too many calls on ours.
    #[error("it answered {0}")]
    Status(StatusCode),
    /// The keys are not accepted.
    #[error("it does not accept our key ({0})")]
    Key(StatusCode),
    /// No answer of this kind is so long.
    #[error("its answer is too long")]
    TooLong,
    /// A state or shape that this version does not know: never guessed at.
    #[error("it says {0}, which we do not know")]
    Strange(String),
}

/// As an error that is worth another try later.
pub(crate) fn unavailable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ProviderError {
    ProviderError::Unavailable(error.into())
}

impl Api {
    /// An API at this base, without a slash at its end.
    pub(crate) fn new(base: &str, key: Key, try_time_max: Duration) -> Self {
        let http = reqwest::Client::builder()
            .timeout(try_time_max)
            .connect_timeout(CONNECT_TIME_MAX.min(try_time_max))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("the TLS stack is linked in");
        Self { http, base: base.trim_end_matches('/').to_owned(), key, try_time_max }
    }

    /// Sends a call; again, after a pause, if it may be repeated and the provider had trouble.
    pub(crate) async fn send(&self, call: &Call<'_>) -> Result<Answered, ProviderError> {
        let tries = if call.repeatable { TRIES_MAX } else { 1 };
        let mut attempt = 1;
        loop {
            match self.try_once(call).await {
                Err(ProviderError::Unavailable(_)) if attempt < tries => {
                    tokio::time::sleep(self.pause()).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn pause(&self) -> Duration {
        // Every new hasher is keyed at random; nothing here needs better randomness.
        let percent = u32::try_from(RandomState::new().hash_one(0) % 100).unwrap_or(0);
        self.try_time_max / PAUSE_SHARE * percent / 100
    }

    async fn try_once(&self, call: &Call<'_>) -> Result<Answered, ProviderError> {
        let mut request = self.http.request(call.method.clone(), format!("{}{}", self.base, call.path));
        request = match &self.key {
            Key::Bearer(key) => request.bearer_auth(key),
            Key::Basic(user, password) => request.basic_auth(user, Some(password)),
        };
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        request = match &call.body {
            Body::Empty => request,
            Body::Form(fields) => request.form(fields),
            Body::Json(value) => request.json(value),
        };
        let mut response = request.send().await.map_err(|error| unavailable(error.without_url()))?;
        let status = response.status();
        if status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN {
            return Err(unavailable(Useless::Key(status)));
        }
        // 409: the same idempotency key is being worked on at this moment.
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::CONFLICT {
            return Err(unavailable(Useless::Status(status)));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unavailable(error.without_url()))? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(unavailable(Useless::TooLong));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answered { status, body })
    }
}

impl Answered {
    /// The answer, if it is one and of this shape.
    pub(crate) fn parsed<T: DeserializeOwned>(&self) -> Result<T, ProviderError> {
        serde_json::from_slice(&self.body).map_err(unavailable)
    }
}
