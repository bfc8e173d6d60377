//! What CloudFront adds to answers: the template's headers policies, with our addresses in the places of AWS's.

use crate::REGION;
use crate::helper::Helper;
use crate::template::{Behaviour, Template, TemplateError};
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// The headers of each behaviour, in the order in which CloudFront tries them.
pub struct Policies(Vec<(Behaviour, HeaderMap)>);

impl Policies {
    /// Those of the template; refuses to guess an address that it does not know.
    pub fn new(template: &Template, helper: &Helper, media_bucket: &str) -> Result<Self, TemplateError> {
        let here = [
            ("https://${LiveApi.Dns.Http}".to_owned(), format!("http://{}", helper.live_host)),
            ("wss://${LiveApi.Dns.Realtime}".to_owned(), format!("ws://{}", helper.live_realtime_host)),
            (format!("https://{media_bucket}.s3.{REGION}.amazonaws.com"), helper.url.clone()),
        ];
        let policies = template.behaviours.iter().map(|behaviour| Ok((behaviour.clone(), headers(behaviour, &here)?)));
        policies.collect::<Result<_, _>>().map(Self)
    }

    /// Adds what is for this path.
    pub(super) fn add(&self, path: &str, headers: &mut HeaderMap) {
        if let Some((_, added)) = self.0.iter().find(|(behaviour, _)| behaviour.is_for(path)) {
            headers.extend(added.clone());
        }
    }
}

fn headers(behaviour: &Behaviour, here: &[(String, String)]) -> Result<HeaderMap, TemplateError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &behaviour.headers {
        let value = here.iter().fold(value.clone(), |value, (there, here)| value.replace(there, here));
        let known = Some(value).filter(|value| !value.contains("${")).and_then(|value| HeaderValue::from_str(&value).ok());
        let pair = HeaderName::from_bytes(name.as_bytes()).ok().zip(known);
        let (name, value) = pair.ok_or_else(|| TemplateError::Unsupported(format!("{name} of a headers policy is not understood here")))?;
        headers.insert(name, value);
    }
    Ok(headers)
}
