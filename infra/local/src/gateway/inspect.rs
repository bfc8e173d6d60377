//! `/_local/*`: what only developers and tests may ask. Nothing of this exists on AWS.

use super::{Gateway, Live, reply};
use crate::demo_accounts::DemoAccount;
use crate::dynamo::{Dynamo, Fault};
use crate::pollers::Poller;
use crate::queues;
use aws_sdk_sqs::Client;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use http::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Whoever waits for quiet waits no longer.
const IDLE_MAX: Duration = Duration::from_secs(30);
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// What can be looked at.
pub struct Inspector {
    /// The database, for its faults and its meter.
    pub dynamo: Arc<Dynamo>,
    /// Everything that reads streams and queues.
    pub pollers: Vec<Arc<Poller>>,
    /// The queues' addresses.
    pub queue_urls: Vec<String>,
    /// The way to the queues.
    pub sqs: Client,
    /// What is on its way to seat maps.
    pub live: Arc<Live>,
    /// Ports, names, ids.
    pub info: Value,
    /// The demo accounts.
    pub accounts: Vec<DemoAccount>,
}

impl Inspector {
    pub(super) async fn answer(&self, gateway: &Gateway, path: &str, request: Request) -> Response<Body> {
        let method = request.method().clone();
        match (method, path) {
            (Method::GET, "info") => reply::json(StatusCode::OK, &self.info),
            (Method::GET, "mail") => self.mail(gateway).await,
            (Method::GET, "faults") => reply::json(StatusCode::OK, &json!(self.dynamo.faults.armed())),
            (Method::POST, "faults") => self.arm(request).await,
            (Method::POST, "streams/idle") => self.wait_until_idle().await,
            (Method::POST, "ttl/sweep") => reply::json(StatusCode::OK, &json!({ "deleted": self.dynamo.sweep_ttl() })),
            (Method::POST, "meter/start") => {
                self.dynamo.meter.start();
                reply::json(StatusCode::OK, &json!({}))
            }
            (Method::GET, "meter") => reply::json(StatusCode::OK, &self.used()),
            // Functions publish here: the stand-in for AppSync goes by the host's name, which nothing here resolves.
            (Method::POST, "live/event") => self.live.take(&to_bytes(request.into_body(), BODY_BYTES_MAX).await.unwrap_or_default()),
            _ => reply::not_found(),
        }
    }

    /// A list of faults (empty: none), as `[{"kind":"kill-before","writes":2}]`.
    async fn arm(&self, request: Request) -> Response<Body> {
        let bytes = to_bytes(request.into_body(), BODY_BYTES_MAX).await.unwrap_or_default();
        match serde_json::from_slice::<Vec<Fault>>(&bytes) {
            Ok(faults) => {
                self.dynamo.faults.arm(faults);
                reply::json(StatusCode::OK, &json!(self.dynamo.faults.armed()))
            }
            Err(error) => reply::problem(StatusCode::BAD_REQUEST, "invalid-request", &error.to_string()),
        }
    }

    fn used(&self) -> Value {
        let used = self.dynamo.meter.used();
        let rows = used.iter().map(|(key, used)| {
            json!({
                "function": key.function, "operation": key.operation, "table": key.table,
                "requests": used.requests, "readUnits": used.read_units, "writeUnits": used.write_units,
            })
        });
        json!({ "items": rows.collect::<Vec<_>>() })
    }

    /// Answers when all streams are read, all queues are empty, and neither made work for the other.
    async fn wait_until_idle(&self) -> Response<Body> {
        match tokio::time::timeout(IDLE_MAX, self.idle()).await {
            Ok(()) => reply::json(StatusCode::OK, &json!({ "idle": true })),
            Err(_) => reply::problem(StatusCode::GATEWAY_TIMEOUT, "internal", "Streams and queues do not come to rest"),
        }
    }

    async fn idle(&self) {
        let mut before = None;
        loop {
            let mut work = 0;
            for poller in &self.pollers {
                work += poller.drained().await;
            }
            // Messages that are delayed on purpose do not count, those that failed and wait for their next try do.
            let waiting = queues::waiting(&self.sqs, &self.queue_urls).await;
            if waiting == 0 && self.live.is_idle() && before == Some(work) {
                return;
            }
            before = Some(work);
        }
    }

    /// Mail that was sent, newest last. Cognito's codes are always the same here.
    async fn mail(&self, gateway: &Gateway) -> Response<Body> {
        let url = format!("{}/_ministack/ses/messages", gateway.helper.url);
        let messages: Value = match reqwest::get(url).await {
            Ok(answer) => answer.json().await.unwrap_or_default(),
            Err(_) => Value::Null,
        };
        let of_all_accounts = messages["messages"].as_object().into_iter().flatten();
        let items: Vec<&Value> = of_all_accounts.flat_map(|(_, items)| items.as_array().into_iter().flatten()).collect();
        reply::json(StatusCode::OK, &json!({ "codes": { "confirm": "123456", "resetPassword": "654321" }, "items": items }))
    }
}
