//! The filter criteria of stream mappings: as much of their pattern language as our template uses, and a little more.

use serde_json::Value;

/// A pattern that a record matches or not.
#[derive(Debug, Clone)]
pub struct Filter(Pattern);

#[derive(Debug, Clone)]
enum Pattern {
    /// Every member must match.
    Members(Vec<(String, Pattern)>),
    /// One of these must match.
    AnyOf(Vec<Test>),
}

#[derive(Debug, Clone)]
enum Test {
    Equals(Value),
    Prefix(String),
    Suffix(String),
    AnythingBut(Vec<Value>),
    Exists(bool),
}

impl Filter {
    /// From its JSON text. None if it uses syntax that is not known here.
    pub fn parse(text: &str) -> Option<Self> {
        pattern(&serde_json::from_str(text).ok()?).map(Self)
    }

    /// Whether the record is wanted.
    pub fn matches(&self, record: &Value) -> bool {
        self.0.matches(Some(record))
    }
}

fn pattern(value: &Value) -> Option<Pattern> {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| Some((name.clone(), pattern(value)?)));
            members.collect::<Option<_>>().map(Pattern::Members)
        }
        Value::Array(tests) => tests.iter().map(test).collect::<Option<_>>().map(Pattern::AnyOf),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn test(value: &Value) -> Option<Test> {
    let Value::Object(members) = value else { return Some(Test::Equals(value.clone())) };
    let (name, operand) = members.iter().next().filter(|_| members.len() == 1)?;
    match name.as_str() {
        "prefix" => operand.as_str().map(|text| Test::Prefix(text.to_owned())),
        "suffix" => operand.as_str().map(|text| Test::Suffix(text.to_owned())),
        "anything-but" => Some(Test::AnythingBut(operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]))),
        "exists" => operand.as_bool().map(Test::Exists),
        _ => None,
    }
}

impl Pattern {
    fn matches(&self, value: Option<&Value>) -> bool {
        match self {
            Self::Members(members) => members.iter().all(|(name, pattern)| pattern.matches(value.and_then(|value| value.get(name)))),
            Self::AnyOf(tests) => tests.iter().any(|test| test.matches(value)),
        }
    }
}

impl Test {
    fn matches(&self, value: Option<&Value>) -> bool {
        let text = || value.and_then(Value::as_str);
        match self {
            Self::Equals(wanted) => value == Some(wanted),
            Self::Prefix(prefix) => text().is_some_and(|text| text.starts_with(prefix)),
            Self::Suffix(suffix) => text().is_some_and(|text| text.ends_with(suffix)),
            Self::AnythingBut(unwanted) => value.is_some_and(|value| !unwanted.contains(value)),
            Self::Exists(wanted) => value.is_some() == *wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matches(pattern: &str, record: &Value) -> bool {
        Filter::parse(pattern).expect("it is known").matches(record)
    }

    #[test]
    fn every_member_must_match_and_one_value_of_each() {
        let pattern = r#"{"eventName":["REMOVE","MODIFY"],"dynamodb":{"Keys":{"sk":{"S":["HOLD"]}}}}"#;
        let record = |name: &str, sk: &str| json!({"eventName": name, "dynamodb": {"Keys": {"pk": {"S": "x"}, "sk": {"S": sk}}}});
        assert!(matches(pattern, &record("REMOVE", "HOLD")));
        assert!(matches(pattern, &record("MODIFY", "HOLD")));
        assert!(!matches(pattern, &record("INSERT", "HOLD")));
        assert!(!matches(pattern, &record("REMOVE", "BOUGHT")));
    }

    #[test]
    fn prefixes_exclusions_and_existence() {
        let record = json!({"sk": "BLOCK#A#1", "n": 1});
        assert!(matches(r#"{"sk":[{"prefix":"BLOCK#"}]}"#, &record));
        assert!(!matches(r#"{"sk":[{"prefix":"HOLD"}]}"#, &record));
        assert!(matches(r##"{"sk":[{"suffix":"#1"}]}"##, &record));
        assert!(matches(r#"{"sk":[{"anything-but":["HOLD","BOUGHT"]}]}"#, &record));
        assert!(!matches(r#"{"sk":[{"anything-but":"BLOCK#A#1"}]}"#, &record));
        assert!(matches(r#"{"gone":[{"exists":false}],"n":[{"exists":true}]}"#, &record));
    }

    #[test]
    fn a_ttl_removal_is_told_from_a_deletion() {
        let pattern = r#"{"eventName":["REMOVE"],"userIdentity":{"type":["Service"],"principalId":["dynamodb.amazonaws.com"]}}"#;
        let by_ttl = json!({"eventName": "REMOVE", "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"}});
        assert!(matches(pattern, &by_ttl));
        assert!(!matches(pattern, &json!({"eventName": "REMOVE"})));
    }

    #[test]
    fn unknown_syntax_is_refused_rather_than_ignored() {
        assert!(Filter::parse(r#"{"n":[{"numeric":[">",1]}]}"#).is_none());
        assert!(Filter::parse(r#"{"n":"text"}"#).is_none());
    }
}
