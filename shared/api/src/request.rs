//! What a function is asked: bounded, parsed once, every complaint with its place.

use crate::problem::{Problem, ProblemKind};
use domain::id::UserId;
use domain::idempotency::{IdempotencyKey, request_digest};
use domain::text::InvalidText;
use domain::user::Role;
use jiff::Span;
use jiff::civil::Date;
use lambda_http::request::RequestContext;
use lambda_http::{Body, RequestExt};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::str::FromStr;

/// No request of ours needs more.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;
/// Items per page unless the client says otherwise.
pub(crate) const PAGE_ITEMS_DEFAULT: u16 = 20;
/// Days of one question about days.
const DAYS_MAX: i32 = 31;
/// Items per page at most.
pub(crate) const PAGE_ITEMS_MAX: u16 = 100;
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Longest query or path value that is looked at.
const VALUE_BYTES_MAX: usize = 500;

/// A request on its way to a handler.
#[derive(Debug)]
pub struct Request(lambda_http::Request);

/// Who asks, as API Gateway's authorizer verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// What they may do.
    pub roles: BTreeSet<Role>,
}

impl Caller {
    /// Refuses callers without any of these roles.
    pub fn require(&self, roles: &[Role]) -> Result<(), Problem> {
        if roles.iter().any(|role| self.roles.contains(role)) { Ok(()) } else { Err(Problem::forbidden()) }
    }

    /// Whether the caller runs the platform.
    pub fn is_admin(&self) -> bool {
        self.roles.contains(&Role::Admin)
    }
}

/// Which part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many items at most.
    pub limit: u16,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl Request {
    pub(crate) fn new(request: lambda_http::Request) -> Self {
        Self(request)
    }

    /// Who asks. Only for routes behind the authorizer: without its claims nobody is anybody.
    pub fn caller(&self) -> Result<Caller, Problem> {
        let unauthenticated = || Problem::new(ProblemKind::Unauthenticated);
        let Some(RequestContext::ApiGatewayV2(context)) = self.0.request_context_ref() else { return Err(unauthenticated()) };
        let jwt = context.authorizer.as_ref().and_then(|authorizer| authorizer.jwt.as_ref()).ok_or_else(unauthenticated)?;
        // API Gateway lets id tokens pass: they say who somebody is, to their own client, and open nothing.
        if jwt.claims.get("token_use").map(String::as_str) != Some("access") {
            return Err(unauthenticated());
        }
        let subject = jwt.claims.get("sub").ok_or_else(unauthenticated)?;
        let user = UserId::from_subject(subject).map_err(|_| unauthenticated())?;
        let groups = jwt.claims.get("cognito:groups").map_or("", String::as_str);
        // API Gateway writes a list claim as `[admin organizer]`.
        let groups = groups.trim_start_matches('[').trim_end_matches(']').split([' ', ',']);
        let mut roles: BTreeSet<Role> = groups.filter_map(Role::of_group).collect();
        roles.insert(Role::User);
        Ok(Caller { user, roles })
    }

    /// The bearer token itself, for calls that Cognito answers about its owner.
    pub fn bearer_token(&self) -> Result<&str, Problem> {
        let header = self.header("authorization").unwrap_or_default();
        let token = header.strip_prefix("Bearer ").or_else(|| header.strip_prefix("bearer "));
        token.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))
    }

    /// A part of the path. What cannot be an identifier does not exist.
    pub fn path<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        let parameters = self.0.path_parameters_ref();
        let value = parameters.and_then(|parameters| parameters.first(name)).filter(|value| value.len() <= VALUE_BYTES_MAX);
        value.and_then(|value| value.parse().ok()).ok_or_else(Problem::not_found)
    }

    /// A query parameter, if given; one that does not parse is refused.
    pub fn query<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: FromStr,
        T::Err: ToString,
    {
        let Some(value) = self.0.query_string_parameters_ref().and_then(|query| query.first(name)) else { return Ok(None) };
        if value.len() > VALUE_BYTES_MAX {
            return Err(Problem::invalid(format!("/query/{name}"), format!("must have at most {VALUE_BYTES_MAX} bytes")));
        }
        value.parse().map(Some).map_err(|error: T::Err| Problem::invalid(format!("/query/{name}"), error.to_string()))
    }

    /// Which days are asked for: `from` and `to`, both included, at most a month of them.
    pub fn days(&self) -> Result<(Date, Date), Problem> {
        let day =
            |name| self.query::<Date>(name)?.ok_or_else(|| Problem::invalid(format!("/query/{name}"), "must be a day like 2026-11-30"));
        let (from, to) = (day("from")?, day("to")?);
        let last = from.checked_add(Span::new().days(DAYS_MAX - 1)).unwrap_or(from);
        if (from..=last).contains(&to) {
            Ok((from, to))
        } else {
            Err(Problem::invalid("/query/to", format!("must be the same day or at most {} days later", DAYS_MAX - 1)))
        }
    }

    /// Which part of a list is asked for: `limit` and `cursor`.
    pub fn page(&self) -> Result<Page, Problem> {
        self.page_of(PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX)
    }

    /// The same for a list whose items are small and wanted all: so many items unless the client says otherwise, and at most.
    pub fn page_of(&self, usual: u16, most: u16) -> Result<Page, Problem> {
        let limit = self.query::<u16>("limit")?.unwrap_or(usual);
        if limit == 0 || limit > most {
            return Err(Problem::invalid("/query/limit", format!("must be 1 to {most}")));
        }
        Ok(Page { limit, cursor: self.query("cursor")? })
    }

    /// A header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// What the client calls this request, if it does.
    pub(crate) fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, Problem> {
        let refuse = |detail: &str| Problem::invalid(format!("/header/{IDEMPOTENCY_KEY}"), detail);
        let mut values = self.0.headers().get_all(IDEMPOTENCY_KEY).into_iter();
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(refuse("must be given once"));
        }
        let text = String::from_utf8_lossy(value.as_bytes());
        text.parse().map(Some).map_err(|error: InvalidText| refuse(&error.0))
    }

    /// The route, as `POST /v1/events`, and what tells this request from any other on it.
    pub(crate) fn route_and_digest(&self) -> Result<(String, String), Problem> {
        let Some(RequestContext::ApiGatewayV2(context)) = self.0.request_context_ref() else {
            return Err(Problem::internal("a request without a context"));
        };
        let route = context.route_key.clone().ok_or_else(|| Problem::internal("a request without a route"))?;
        let (method, path, query) = (self.0.method().as_str(), self.0.raw_http_path(), self.0.uri().query().unwrap_or_default());
        let digest = request_digest(&[method.as_bytes(), path.as_bytes(), query.as_bytes(), self.bytes()?]);
        Ok((route, digest))
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.0.headers().get_all("cookie").into_iter().filter_map(|value| value.to_str().ok());
        cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
    }

    /// The body's bytes, at most 64 KB.
    pub fn bytes(&self) -> Result<&[u8], Problem> {
        let bytes: &[u8] = match self.0.body() {
            Body::Text(text) => text.as_bytes(),
            Body::Binary(bytes) => bytes,
            _ => &[],
        };
        if bytes.len() > BODY_BYTES_MAX {
            return Err(Problem::new(ProblemKind::PayloadTooLarge).detail(format!("at most {BODY_BYTES_MAX} bytes")));
        }
        Ok(bytes)
    }

    /// The body's bytes, which call themselves JSON: for proofs, which only their provider can read.
    pub fn json_bytes(&self) -> Result<&[u8], Problem> {
        let bytes = self.bytes()?;
        let media_type = self.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case("application/json") || media_type.ends_with("+json") {
            Ok(bytes)
        } else {
            Err(Problem::new(ProblemKind::UnsupportedMediaType))
        }
    }

    /// The body as JSON of this type; unknown members, wrong types and bad values are refused with their place.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let bytes = self.json_bytes()?;
        // An array would pass for a body whose members may all be left out.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(Problem::invalid("", "must be a JSON object"));
        }
        let mut parser = serde_json::Deserializer::from_slice(bytes);
        let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
            let place = pointer(error.path());
            let detail = without_position(&error.into_inner().to_string());
            match missing_member(&detail) {
                Some(name) => Problem::invalid(format!("{place}/{name}"), "must be given"),
                None => Problem::invalid(place, detail),
            }
        })?;
        parser.end().map_err(|error| Problem::invalid("", without_position(&error.to_string())))?;
        Ok(value)
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                let _ = write!(pointer, "/{index}");
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

/// The member that serde misses: it points at the object, a form wants to know the field.
fn missing_member(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// serde's message without "at line 1 column 2", which means nothing to a form.
fn without_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or_default().to_owned()
}
