//! What browsers of other origins are told, as the template configures it.

use crate::template::Cors;
use axum::body::Body;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};

/// The answer to the question before the request.
pub(super) fn preflight(cors: &Cors, origin: Option<&HeaderValue>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    if allow(cors, origin, headers) {
        set(headers, "access-control-allow-methods", &cors.methods);
        set(headers, "access-control-allow-headers", &cors.headers);
        set(headers, "access-control-max-age", &cors.max_age_seconds.to_string());
    }
    response
}

/// Lets the origin read the response if it is one of ours.
pub(super) fn allow(cors: &Cors, origin: Option<&HeaderValue>, headers: &mut HeaderMap) -> bool {
    let Some(origin) = origin.and_then(|origin| origin.to_str().ok()) else { return false };
    if !cors.origins.iter().any(|known| known == origin || known == "*") {
        return false;
    }
    set(headers, "access-control-allow-origin", origin);
    set(headers, "access-control-expose-headers", &cors.expose);
    if cors.credentials {
        set(headers, "access-control-allow-credentials", "true");
    }
    headers.append("vary", HeaderValue::from_static("origin"));
    true
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let (false, Ok(value)) = (value.is_empty(), HeaderValue::from_str(value)) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Cors {
        Cors { origins: vec!["http://a".to_owned()], methods: "GET,POST".to_owned(), max_age_seconds: 600, ..Cors::default() }
    }

    #[test]
    fn a_known_origin_may_and_a_strange_one_may_not() {
        let known = preflight(&ours(), Some(&HeaderValue::from_static("http://a")));
        assert_eq!(known.headers()["access-control-allow-origin"], "http://a");
        assert_eq!(known.headers()["access-control-allow-methods"], "GET,POST");
        let strange = preflight(&ours(), Some(&HeaderValue::from_static("http://b")));
        assert!(strange.headers().is_empty());
    }
}
