//! Somebody who watches a seat map: AppSync Events' WebSocket protocol, as the browser speaks it.
//!
//! <https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html>

use crate::cloud::{Cloud, Show};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const PATIENCE: Duration = Duration::from_secs(20);

/// A connection that listens to one section of a show.
pub struct Watcher {
    socket: WebSocketStream<TcpStream>,
}

impl Watcher {
    /// Connects with the key that the web client carries, and subscribes.
    pub async fn of(cloud: &Cloud, show: &Show, section: &str) -> Self {
        let info = cloud.send("GET", "/_local/info", None).await.expect(200);
        let text = |name: &str| info["live"][name].as_str().expect("a text").to_owned();
        let authorization = json!({ "host": text("host"), "x-api-key": text("key") });
        let protocols = format!("header-{}, aws-appsync-event-ws", URL_SAFE_NO_PAD.encode(authorization.to_string()));
        let mut request = text("realtime").into_client_request().expect("an address");
        request.headers_mut().insert("sec-websocket-protocol", protocols.parse().expect("a header"));
        // The host's name leads to loopback in browsers; here nothing resolves it.
        let port = request.uri().port_u16().expect("a port");
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a listener");
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.expect("a handshake");
        let mut watcher = Self { socket };
        watcher.say(&json!({ "type": "connection_init" })).await;
        watcher.hear("connection_ack").await;
        let channel = format!("/seats/{}/{section}", show.show.replace('_', "-"));
        watcher.say(&json!({ "type": "subscribe", "id": "1", "channel": channel, "authorization": authorization })).await;
        watcher.hear("subscribe_success").await;
        watcher
    }

    /// Waits for a message about a block, as `{section,row,first,states,version}`, that satisfies.
    pub async fn sees(&mut self, what: &str, satisfies: impl Fn(&Value) -> bool) -> Value {
        let looking = async {
            loop {
                let data = self.hear("data").await;
                let event = data["event"].as_str().expect("an event is text");
                let block: Value = serde_json::from_str(event).expect("an event is JSON");
                if satisfies(&block) {
                    return block;
                }
            }
        };
        tokio::time::timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("{what} was not seen in {PATIENCE:?}"))
    }

    async fn say(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).await.expect("an open connection");
    }

    /// The next message of this type; keep-alives and acknowledgements are passed over.
    async fn hear(&mut self, kind: &str) -> Value {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.unwrap_or_else(|_| panic!("no {kind} in {PATIENCE:?}"));
            let message = message.expect("an open connection").expect("a message");
            let Ok(text) = message.to_text() else { continue };
            let Ok(message) = serde_json::from_str::<Value>(text) else { continue };
            assert!(!message["type"].as_str().unwrap_or_default().ends_with("error"), "{message}");
            if message["type"] == kind {
                return message;
            }
        }
    }
}
