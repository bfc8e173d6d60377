//! `/`: the web client if it is built, else a page that says what is running.

use super::{Gateway, reply};
use axum::body::Body;
use http::Response;
use std::fmt::Write;
use std::path::{Component, Path};

pub(super) async fn answer(gateway: &Gateway, path: &str) -> Response<Body> {
    let path = super::routes::percent_decoded(path.trim_start_matches('/'));
    if let Some(root) = &gateway.web {
        if let Some(file) = read(root, &path).await {
            return file;
        }
        // The client routes by itself: whatever is no file is its first page.
        let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
        if let Some(page) = read(root, "index.html").await.filter(|_| is_page) {
            return page;
        }
    }
    if path.is_empty() { reply::file("text/html; charset=utf-8", page(gateway).into_bytes()) } else { reply::not_found() }
}

async fn read(root: &Path, path: &str) -> Option<Response<Body>> {
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || path.is_empty() {
        return None;
    }
    let bytes = tokio::fs::read(root.join(path)).await.ok()?;
    Some(reply::file(content_type(path), bytes))
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
         <body style=\"font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem\">\
         <h1>Frontrow is running</h1><p>The web client is not built; the API is here.</p>\
         <ul><li><a href=\"/v1/health\">/v1/health</a></li><li><a href=\"/v1/openapi.json\">/v1/openapi.json</a></li>\
         <li><a href=\"/v1/events\">/v1/events</a></li><li><a href=\"/_local/mail\">/_local/mail</a>: mail and codes</li>\
         <li><a href=\"/_local/info\">/_local/info</a>: ports, tables, accounts</li></ul>\
         <h2>Demo accounts</h2><ul>{accounts}</ul><p>Password <code>{}</code></p></body></html>",
        crate::demo_accounts::PASSWORD
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_outside_the_folder_is_read() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert!(read(&root, "lib.rs").await.is_some());
        assert!(read(&root, "../Cargo.toml").await.is_none());
        assert!(read(&root, "/etc/hostname").await.is_none());
        assert!(read(&root, "a/../../Cargo.toml").await.is_none());
    }
}
