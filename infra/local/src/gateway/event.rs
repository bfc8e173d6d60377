//! API Gateway's payload format 2.0: from a request to the event, from the answer to a response.

use super::authorizer::Claims;
use super::routes::{Match, percent_decoded};
use crate::ACCOUNT_ID;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the gateway knows of a request.
pub(super) struct Incoming<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) source: &'a str,
    pub(super) id: &'a str,
    pub(super) now: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    version: &'static str,
    route_key: &'a str,
    raw_path: &'a str,
    raw_query_string: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<&'a str>,
    headers: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    query_string_parameters: BTreeMap<String, String>,
    request_context: RequestContext<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    path_parameters: &'a BTreeMap<&'a str, String>,
    is_base64_encoded: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    account_id: &'static str,
    api_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<Authorizer<'a>>,
    domain_name: &'a str,
    domain_prefix: &'static str,
    http: Http<'a>,
    request_id: &'a str,
    route_key: &'a str,
    stage: &'static str,
    time: String,
    time_epoch: i64,
}

#[derive(Serialize)]
struct Authorizer<'a> {
    jwt: Jwt<'a>,
}

#[derive(Serialize)]
struct Jwt<'a> {
    claims: &'a BTreeMap<String, String>,
    scopes: Option<()>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Http<'a> {
    method: &'a str,
    path: &'a str,
    protocol: &'static str,
    source_ip: &'a str,
    user_agent: &'a str,
}

/// The event of a request on a route.
pub(super) fn event(incoming: &Incoming<'_>, route: &Match<'_>, claims: Option<&Claims>) -> Vec<u8> {
    let text = |name: &str| incoming.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (body, is_base64_encoded) = match std::str::from_utf8(incoming.body) {
        _ if incoming.body.is_empty() => (None, false),
        Ok(text) => (Some(text.to_owned()), false),
        Err(_) => (Some(STANDARD.encode(incoming.body)), true),
    };
    let event = Event {
        version: "2.0",
        route_key: route.route_key,
        raw_path: incoming.path,
        raw_query_string: incoming.query,
        cookies: cookies(incoming.headers),
        headers: headers(incoming.headers),
        query_string_parameters: query(incoming.query),
        request_context: RequestContext {
            account_id: ACCOUNT_ID,
            api_id: "local",
            authorizer: claims.map(|claims| Authorizer { jwt: Jwt { claims: &claims.0, scopes: None } }),
            // lambda_http makes a URI of it, which must have a host.
            domain_name: if text("host").is_empty() { "localhost" } else { text("host") },
            domain_prefix: "local",
            http: Http {
                method: incoming.method,
                path: incoming.path,
                protocol: "HTTP/1.1",
                source_ip: incoming.source,
                user_agent: text("user-agent"),
            },
            request_id: incoming.id,
            route_key: route.route_key,
            stage: "$default",
            time: incoming.now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            time_epoch: incoming.now.as_millisecond(),
        },
        body,
        path_parameters: &route.path_parameters,
        is_base64_encoded,
    };
    serde_json::to_vec(&event).expect("events are JSON")
}

/// Names in lower case, values of one name joined; cookies stand elsewhere.
fn headers(headers: &HeaderMap) -> BTreeMap<&str, String> {
    let mut joined: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != http::header::COOKIE) {
        let value = String::from_utf8_lossy(value.as_bytes());
        let entry = joined.entry(name.as_str()).or_default();
        if !entry.is_empty() {
            entry.push(',');
        }
        entry.push_str(&value);
    }
    joined
}

fn cookies(headers: &HeaderMap) -> Vec<&str> {
    let lines = headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).map(str::trim).filter(|cookie| !cookie.is_empty()).collect()
}

/// Values of one name joined by commas.
fn query(query: &str) -> BTreeMap<String, String> {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        joined.entry(name).and_modify(|all| all.extend([",", &value])).or_insert(value);
    }
    joined
}

fn decoded(text: &str) -> String {
    percent_decoded(&text.replace('+', " "))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    cookies: Vec<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// The response that a function's answer stands for; None if it is no answer.
pub(super) fn response(answer: &[u8]) -> Option<Response<Body>> {
    let answer: Answer = serde_json::from_slice(answer).ok()?;
    let body = answer.body.unwrap_or_default();
    let body = if answer.is_base64_encoded { STANDARD.decode(body).ok()? } else { body.into_bytes() };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(answer.status_code).ok()?;
    let headers = response.headers_mut();
    for (name, value) in &answer.headers {
        headers.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?);
    }
    for cookie in &answer.cookies {
        headers.append(http::header::SET_COOKIE, HeaderValue::from_str(cookie).ok()?);
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::routes::Routes;
    use crate::template::Template;
    use lambda_http::RequestExt;
    use lambda_http::request::LambdaRequest;

    fn through_lambda_http(method: &str, path: &str, query: &str, headers: &[(&str, &str)], body: &[u8]) -> lambda_http::Request {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml");
        let routes = Routes::new(&Template::read(&root).expect("our template"));
        let route = routes.find(method, path).expect("it is a route");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let claims = Claims([("sub".to_owned(), "s1".to_owned()), ("cognito:groups".to_owned(), "[admin staff]".to_owned())].into());
        let incoming = Incoming { method, path, query, headers: &map, body, source: "127.0.0.1", id: "r1", now: Timestamp::UNIX_EPOCH };
        let event = event(&incoming, &route, Some(&claims));
        let parsed: LambdaRequest = serde_json::from_slice(&event).expect("lambda_http reads it");
        parsed.into()
    }

    #[test]
    fn lambda_http_sees_method_path_query_and_body() {
        let request =
            through_lambda_http("POST", "/v1/shows/show_1/hold", "a=1&b=x%20y&a=2", &[("content-type", "application/json")], b"{}");
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri().path(), "/v1/shows/show_1/hold");
        let parameters = request.query_string_parameters();
        assert_eq!(parameters.all("a"), Some(vec!["1", "2"]));
        assert_eq!(parameters.first("b"), Some("x y"));
        assert_eq!(request.path_parameters().first("showId"), Some("show_1"));
        assert_eq!(request.headers()["content-type"], "application/json");
        assert!(matches!(request.body(), lambda_http::Body::Text(text) if text == "{}"));
    }

    #[test]
    fn lambda_http_sees_cookies_and_joined_headers() {
        let headers = [("cookie", "a=1; b=2"), ("x-many", "1"), ("x-many", "2")];
        let request = through_lambda_http("GET", "/v1/me", "", &headers, b"");
        assert_eq!(request.headers()["cookie"], "a=1; b=2");
        assert_eq!(request.headers()["x-many"], "1,2");
    }

    #[test]
    fn lambda_http_sees_the_claims() {
        let request = through_lambda_http("GET", "/v1/me", "", &[], b"");
        let context = request.request_context_ref().expect("there is one");
        let lambda_http::request::RequestContext::ApiGatewayV2(context) = context else { panic!("another kind") };
        let claims = &context.authorizer.as_ref().expect("signed in").jwt.as_ref().expect("by token").claims;
        assert_eq!(claims["sub"], "s1");
        assert_eq!(claims["cognito:groups"], "[admin staff]");
    }

    #[test]
    fn bytes_that_are_no_text_travel_as_base64() {
        let request = through_lambda_http("POST", "/v1/bookings", "", &[], &[0xff, 0x00]);
        assert!(matches!(request.body(), lambda_http::Body::Binary(bytes) if bytes == &[0xff, 0x00]));
    }

    #[test]
    fn an_answer_becomes_a_response() {
        let answer = br#"{"statusCode":201,"headers":{"content-type":"text/plain"},"multiValueHeaders":{},"body":"aGk=","isBase64Encoded":true,"cookies":["a=1","b=2"]}"#;
        let response = response(answer).expect("it is one");
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers()["content-type"], "text/plain");
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    }
}
