//! `GET /v1/ticket-keys`: with what anybody can tell a genuine code.

use api::{Door, Problem, Reply, Request};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wire::{TicketKeyView, TicketKeys};

/// A new key is published this long before it signs (docs/decisions/0016-the-offline-door.md).
const CACHE: &str = "public, max-age=3600";

/// Shows the public halves of the keys that tickets are signed with: a scanner verifies codes without asking.
#[utoipa::path(
    get, path = "/v1/ticket-keys", operation_id = "ticket-keys-list", tag = "tickets",
    summary = "The keys that codes are verified with",
    responses((status = 200, body = TicketKeys))
)]
#[expect(clippy::unused_async, reason = "all handlers await")]
pub async fn handle(door: &Door, _: Request) -> Result<Reply, Problem> {
    let view = |(number, key)| TicketKeyView { number, algorithm: "Ed25519", public_key: URL_SAFE_NO_PAD.encode::<[u8; 32]>(key) };
    Ok(Reply::ok(&TicketKeys { items: door.keys.public().map(view).collect() }).cached(CACHE))
}
