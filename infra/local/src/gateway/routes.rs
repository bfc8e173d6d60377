//! Which function a request is for: the template's routes, compiled once.

use crate::template::{Template, Trigger};
use std::collections::BTreeMap;

/// All routes; those with fewer variables first, as API Gateway prefers them.
#[derive(Debug)]
pub struct Routes(Vec<Compiled>);

#[derive(Debug)]
struct Compiled {
    method: String,
    segments: Vec<Segment>,
    function: String,
    route_key: String,
    signed_in: bool,
}

#[derive(Debug)]
enum Segment {
    Fixed(String),
    Variable(String),
}

/// The route of a request.
#[derive(Debug)]
pub struct Match<'a> {
    /// Whom to call.
    pub function: &'a str,
    /// As `GET /v1/shows/{showId}`.
    pub route_key: &'a str,
    /// Whether the authorizer must agree.
    pub signed_in: bool,
    /// The variable parts of the path, decoded.
    pub path_parameters: BTreeMap<&'a str, String>,
}

impl Routes {
    /// Those of the template.
    pub fn new(template: &Template) -> Self {
        let mut routes: Vec<_> = template
            .functions
            .iter()
            .flat_map(|function| function.triggers.iter().map(move |trigger| (function, trigger)))
            .filter_map(|(function, trigger)| match trigger {
                Trigger::Http(route) => Some(Compiled {
                    method: route.method.clone(),
                    segments: route.path.split('/').map(Segment::new).collect(),
                    function: function.name.clone(),
                    route_key: format!("{} {}", route.method, route.path),
                    signed_in: route.signed_in,
                }),
                Trigger::Stream(_) | Trigger::Queue { .. } | Trigger::Schedule(_) => None,
            })
            .collect();
        routes.sort_by_key(|route| route.segments.iter().filter(|segment| matches!(segment, Segment::Variable(_))).count());
        Self(routes)
    }

    /// The route of this request.
    pub fn find(&self, method: &str, path: &str) -> Option<Match<'_>> {
        self.0.iter().filter(|route| route.method == method).find_map(|route| route.matches(path))
    }
}

impl Segment {
    fn new(text: &str) -> Self {
        let variable = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        variable.map_or_else(|| Self::Fixed(text.to_owned()), |name| Self::Variable(name.to_owned()))
    }
}

impl Compiled {
    fn matches(&self, path: &str) -> Option<Match<'_>> {
        let mut path_parameters = BTreeMap::new();
        let mut parts = path.split('/');
        for segment in &self.segments {
            let part = parts.next()?;
            match segment {
                Segment::Fixed(text) if text == part => {}
                Segment::Variable(name) if !part.is_empty() => {
                    path_parameters.insert(name.as_str(), percent_decoded(part));
                }
                Segment::Fixed(_) | Segment::Variable(_) => return None,
            }
        }
        if parts.next().is_some() {
            return None;
        }
        Some(Match { function: &self.function, route_key: &self.route_key, signed_in: self.signed_in, path_parameters })
    }
}

/// `%41` becomes `A`; what is not UTF-8 is replaced.
pub(super) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Routes {
        Routes::new(&Template::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml")).expect("our template"))
    }

    #[test]
    fn variables_are_taken_from_the_path_and_decoded() {
        let routes = ours();
        let found = routes.find("POST", "/v1/shows/show%5F1/hold").expect("it is a route");
        assert_eq!((found.function, found.signed_in), ("holds-place", true));
        assert_eq!(found.path_parameters["showId"], "show_1");
        assert_eq!(found.route_key, "POST /v1/shows/{showId}/hold");
    }

    #[test]
    fn the_method_and_the_whole_path_count() {
        let routes = ours();
        assert_eq!(routes.find("DELETE", "/v1/shows/x/hold").expect("it is a route").function, "holds-release");
        assert!(routes.find("PUT", "/v1/shows/x/hold").is_none());
        assert!(routes.find("POST", "/v1/shows/x/hold/").is_none());
        assert!(routes.find("POST", "/v1/shows//hold").is_none());
        assert!(routes.find("GET", "/v1/health/x").is_none());
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%C3%A9"), "%zzé");
        assert_eq!(percent_decoded("%é"), "%é");
    }
}
