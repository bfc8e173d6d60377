//! API Gateway events for handlers under test.

use domain::id::UserId;
use serde_json::{Value, json};

/// A person who can sign in: a Cognito subject and the user it stands for.
#[derive(Debug, Clone)]
pub struct Person {
    /// Cognito's `sub`.
    pub subject: String,
    /// The same, as our key.
    pub user: UserId,
    /// Cognito groups.
    pub groups: &'static str,
}

impl Person {
    /// The person with this number, without any group.
    pub fn number(number: u64) -> Self {
        let subject = format!("00000000-0000-4000-8000-{number:012x}");
        Self { user: UserId::from_subject(&subject).expect("a UUID"), subject, groups: "" }
    }

    /// The same person in these groups, as `staff organizer`.
    #[must_use]
    pub fn in_groups(self, groups: &'static str) -> Self {
        Self { groups, ..self }
    }
}

/// An HTTP API event, payload format 2.0, as API Gateway sends it.
pub fn event(method: &str, route: &str, parameters: &[(&str, &str)], person: Option<&Person>, body: Option<&Value>) -> Value {
    let path = parameters.iter().fold(route.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
    let mut event = json!({
        "version": "2.0",
        "routeKey": format!("{method} {route}"),
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "localhost"},
        "pathParameters": parameters.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>(),
        "requestContext": {
            "accountId": "000000000000", "apiId": "local", "domainName": "localhost", "domainPrefix": "local",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "tests"},
            "requestId": "request", "routeKey": format!("{method} {route}"), "stage": "$default",
            "time": "21/Nov/2026:09:00:00 +0000", "timeEpoch": 1_795_251_600_000i64,
        },
        "isBase64Encoded": false,
    });
    if let Some(person) = person {
        let mut claims = json!({"sub": person.subject, "token_use": "access"});
        if !person.groups.is_empty() {
            claims["cognito:groups"] = json!(format!("[{}]", person.groups));
        }
        event["requestContext"]["authorizer"] = json!({"jwt": {"claims": claims, "scopes": null}});
    }
    if let Some(body) = body {
        event["body"] = json!(body.to_string());
    }
    event
}
