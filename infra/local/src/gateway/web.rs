//! `/`: the web client as CloudFront serves it, or a page that says what is running if it is not built.

use super::{Gateway, reply};
use axum::body::Body;
use http::header::{CACHE_CONTROL, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use http::{Response, StatusCode};
use std::fmt::Write;
use std::path::{Component, Path};
use std::time::UNIX_EPOCH;

/// Names below `/assets/` contain a hash of what they name.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for anew, which costs a 304.
const NEVER: &str = "no-cache";

pub(super) async fn answer(gateway: &Gateway, path: &str, asked: &HeaderMap) -> Response<Body> {
    // The deploy step writes this file on AWS, whatever the build has left there.
    if path == "/config.json" {
        return cached(reply::json(StatusCode::OK, &gateway.config), NEVER);
    }
    match &gateway.web {
        Some(root) => file(root, rewritten(path), asked).await.unwrap_or_else(reply::not_found),
        None if path == "/" => cached(reply::file("text/html; charset=utf-8", page(gateway).into_bytes()), NEVER),
        None => reply::not_found(),
    }
}

/// The client routes by itself: whatever is no file is its first page. `WebRoutes` in the template says the same.
fn rewritten(path: &str) -> &str {
    if path.rsplit('/').next().unwrap_or_default().contains('.') { path } else { "/index.html" }
}

async fn file(root: &Path, path: &str, asked: &HeaderMap) -> Option<Response<Body>> {
    let path = super::routes::percent_decoded(path.strip_prefix('/')?);
    if path.is_empty() || !Path::new(&path).components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let file = root.join(&path);
    let tag = tag(&tokio::fs::metadata(&file).await.ok()?)?;
    let known = asked.get(IF_NONE_MATCH).is_some_and(|tags| tags.as_bytes() == tag.as_bytes());
    let mut response = if known {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        reply::file(content_type(&path), tokio::fs::read(&file).await.ok()?)
    };
    response.headers_mut().insert(ETAG, tag);
    Some(cached(response, if path.starts_with("assets/") { FOREVER } else { NEVER }))
}

/// A build writes every file anew, so size and time tell builds apart. Weak, because compression changes the bytes.
fn tag(metadata: &std::fs::Metadata) -> Option<HeaderValue> {
    let written = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    metadata.is_file().then(|| HeaderValue::from_str(&format!("W/\"{:x}-{:x}\"", metadata.len(), written.as_nanos())).ok())?
}

fn cached(mut response: Response<Body>, control: &'static str) -> Response<Body> {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(control));
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn page(gateway: &Gateway) -> String {
    let mut accounts = String::new();
    for account in &gateway.inspector.accounts {
        let _ = write!(accounts, "<li><code>{}</code></li>", account.email);
    }
    if accounts.is_empty() {
        accounts.push_str("<li>none</li>");
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Frontrow</title>\
         <h1>Frontrow is running</h1><p>The web client is not built; the API is here.</p>\
         <ul><li><a href=\"/v1/health\">/v1/health</a></li><li><a href=\"/v1/openapi.json\">/v1/openapi.json</a></li>\
         <li><a href=\"/v1/events\">/v1/events</a></li><li><a href=\"/_local/mail\">/_local/mail</a>: mail and codes</li>\
         <li><a href=\"/_local/info\">/_local/info</a>: ports, tables, accounts</li></ul>\
         <h2>Demo accounts</h2><p>Password <code>{}</code></p><ul>{accounts}</ul>",
        crate::demo_accounts::PASSWORD,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_outside_the_folder_is_read() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let nothing = HeaderMap::new();
        assert!(file(&root, "/lib.rs", &nothing).await.is_some());
        for path in [
            "/../Cargo.toml",
            "//etc/hostname",
            "/%2fetc/hostname",
            "/a/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/up/..%2f..%2fCargo.toml",
            "/",
        ] {
            assert!(file(&root, path, &nothing).await.is_none(), "{path}");
        }
        assert!(file(&root, "/gateway", &nothing).await.is_none(), "a folder is no file");
    }

    #[test]
    fn what_has_no_extension_is_the_first_page() {
        assert_eq!(rewritten("/"), "/index.html");
        assert_eq!(rewritten("/events/evt_1/shows"), "/index.html");
        assert_eq!(rewritten("/v1.2/about"), "/index.html");
        assert_eq!(rewritten("/assets/app-1a2b.js"), "/assets/app-1a2b.js");
    }
}
