//! What CloudFront adds to answers: the headers policy of each behaviour of the distribution.

use super::TemplateError;
use super::resources::{only, unsupported};
use super::yaml::{logical_id, partly_substituted};
use serde_json::{Map, Value};

/// What is added to answers on some paths.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// As `/v1/*`; `*` for the one behaviour that has no pattern.
    pub pattern: String,
    /// The logical id of its cache policy; none if it is one of AWS's.
    pub cache_policy: Option<String>,
    /// Names in lower case, and values. Attributes of resources are still spelled `${LiveApi.Dns.Http}`.
    pub headers: Vec<(String, String)>,
}

impl Behaviour {
    /// Whether it is for this path: a star stands for anything, slashes included.
    pub fn is_for(&self, path: &str) -> bool {
        let (start, rest) = self.pattern.split_once('*').unwrap_or((&self.pattern, ""));
        let Some(mut path) = path.strip_prefix(start) else { return false };
        if start == self.pattern {
            return path.is_empty();
        }
        let mut parts: Vec<&str> = rest.split('*').collect();
        let end = parts.pop().unwrap_or_default();
        for part in parts {
            let Some((_, after)) = path.split_once(part) else { return false };
            path = after;
        }
        path.ends_with(end)
    }
}

/// In the order in which CloudFront tries them.
pub(super) fn behaviours(resources: &Map<String, Value>) -> Result<Vec<Behaviour>, TemplateError> {
    let config = &only(resources, "AWS::CloudFront::Distribution")?["DistributionConfig"];
    let others = config["CacheBehaviors"].as_array().into_iter().flatten();
    let all = others.chain([&config["DefaultCacheBehavior"]]);
    all.map(|behaviour| {
        let policy = logical_id(&behaviour["ResponseHeadersPolicyId"]).and_then(|id| resources.get(id));
        let policy = policy.ok_or_else(|| unsupported("a behaviour of the distribution has no headers policy of ours"))?;
        Ok(Behaviour {
            pattern: behaviour["PathPattern"].as_str().unwrap_or("*").to_owned(),
            cache_policy: logical_id(&behaviour["CachePolicyId"]).map(str::to_owned),
            headers: headers(&policy["Properties"]["ResponseHeadersPolicyConfig"])?,
        })
    })
    .collect()
}

fn headers(policy: &Value) -> Result<Vec<(String, String)>, TemplateError> {
    let text = |value: &Value| partly_substituted(value).ok_or_else(|| unsupported("a header of a policy has no text"));
    let mut headers = Vec::new();
    for (kind, settings) in policy["SecurityHeadersConfig"].as_object().into_iter().flatten() {
        let (name, value) = match kind.as_str() {
            "ContentSecurityPolicy" => ("content-security-policy", text(&settings["ContentSecurityPolicy"])?),
            "ContentTypeOptions" => ("x-content-type-options", "nosniff".to_owned()),
            "FrameOptions" => ("x-frame-options", text(&settings["FrameOption"])?),
            "ReferrerPolicy" => ("referrer-policy", text(&settings["ReferrerPolicy"])?),
            // It means nothing where nothing is encrypted.
            "StrictTransportSecurity" => continue,
            other => return Err(unsupported(format!("{other} of a headers policy is not known here"))),
        };
        headers.push((name.to_owned(), value));
    }
    for item in policy["CustomHeadersConfig"]["Items"].as_array().into_iter().flatten() {
        headers.push((text(&item["Header"])?.to_lowercase(), text(&item["Value"])?));
    }
    Ok(headers)
}
