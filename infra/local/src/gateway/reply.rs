//! What the gateway answers by itself.

use axum::body::Body;
use http::header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use http::{Response, StatusCode};
use serde_json::{Value, json};

pub(super) fn problem(status: StatusCode, kind: &str, title: &str) -> Response<Body> {
    let mut response =
        Response::new(Body::from(json!({ "type": format!("/problems/{kind}"), "title": title, "status": status.as_u16() }).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

pub(super) fn not_found() -> Response<Body> {
    problem(StatusCode::NOT_FOUND, "not-found", "There is nothing here")
}

/// The real API Gateway answers `{"message":"Unauthorized"}` with the same status; clients go by the status.
pub(super) fn unauthenticated() -> Response<Body> {
    let mut response = problem(StatusCode::UNAUTHORIZED, "unauthenticated", "Sign in to do this");
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

pub(super) fn too_large() -> Response<Body> {
    problem(StatusCode::PAYLOAD_TOO_LARGE, "payload-too-large", "This is too much at once")
}

pub(super) fn failed() -> Response<Body> {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong here")
}

pub(super) fn not_linked(name: &str) -> Response<Body> {
    problem(StatusCode::NOT_IMPLEMENTED, "internal", &format!("{name} is in template.yaml but not in infra/local/src/linked.rs"))
}

pub(super) fn json(status: StatusCode, value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

pub(super) fn file(content_type: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
