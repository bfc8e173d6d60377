//! CloudFormation's YAML: its tags in their long form, and the few of its functions whose answer is known here.

use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;

/// The parameters of the template, as they are locally.
const PARAMETERS: [(&str, &str); 6] = [
    ("Stage", "local"),
    ("WebOrigin", "http://localhost:5173"),
    ("AWS::AccountId", "000000000000"),
    ("AWS::Partition", "aws"),
    ("AWS::Region", crate::REGION),
    ("AWS::URLSuffix", "amazonaws.com"),
];

/// `!Sub x` becomes `{"Fn::Sub": "x"}` and so on, as CloudFormation itself reads it.
pub(super) fn long_form(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => number.as_i64().map_or_else(|| json!(number.as_f64()), |integer| json!(integer)),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(long_form).collect()),
        Yaml::Mapping(members) => {
            let members = members.into_iter().map(|(key, value)| (key_text(&key), long_form(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let name = tag.trim_start_matches('!');
            let name = if matches!(name, "Ref" | "Condition") { name.to_owned() } else { format!("Fn::{name}") };
            json!({ name: long_form(tagged.value) })
        }
    }
}

fn key_text(key: &Yaml) -> String {
    match key {
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Null | Yaml::Sequence(_) | Yaml::Mapping(_) | Yaml::Tagged(_) => String::new(),
    }
}

/// The text of a plain value, of a `Ref` to a parameter, or of a `Fn::Sub` of nothing but parameters.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(function) => {
            if let Some(name) = function.get("Ref").and_then(Value::as_str) {
                return parameter(name).map(str::to_owned);
            }
            partly_substituted(value).filter(|text| !text.contains("${"))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// The text of a plain value or of a `Fn::Sub`, in which attributes of resources stay as they are: `${LiveApi.Dns.Http}`.
pub(super) fn partly_substituted(value: &Value) -> Option<String> {
    let Some(pattern) = value.get("Fn::Sub") else { return value.as_str().map(str::to_owned) };
    let substituted =
        PARAMETERS.iter().fold(pattern.as_str()?.to_owned(), |text, (name, value)| text.replace(&format!("${{{name}}}"), value));
    Some(substituted)
}

fn parameter(name: &str) -> Option<&'static str> {
    PARAMETERS.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The logical id that a `Ref` or `Fn::GetAtt` names.
pub(super) fn logical_id(value: &Value) -> Option<&str> {
    if let Some(name) = value.get("Ref") {
        return name.as_str();
    }
    match value.get("Fn::GetAtt")? {
        Value::String(path) => path.split('.').next(),
        Value::Array(path) => path.first()?.as_str(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}
