//! From the template's resources to what the local cloud starts.

use super::yaml::{logical_id, text};
use super::{Template, TemplateError};
use crate::filter::Filter;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// A Lambda function and what calls it.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its resource, as `HoldsPlace`.
    pub logical_id: String,
    /// Its package and binary, as `holds-place`.
    pub name: String,
    /// The names of its environment variables.
    pub variables: BTreeSet<String>,
    /// What calls it.
    pub triggers: Vec<Trigger>,
}

/// What calls a function.
#[derive(Debug, Clone)]
pub enum Trigger {
    /// A request.
    Http(Route),
    /// Changes of a table.
    Stream(StreamMapping),
    /// Messages of a queue, at most so many at once.
    Queue {
        /// The queue's resource.
        queue: String,
        /// Messages per call.
        batch_size: u16,
    },
    /// The passing of time.
    Schedule(Duration),
}

/// One route of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// As `POST`.
    pub method: String,
    /// As `/v1/shows/{showId}/hold`.
    pub path: String,
    /// Whether the authorizer lets nobody through without a token.
    pub signed_in: bool,
}

/// How a function reads a table's stream.
#[derive(Debug, Clone)]
pub struct StreamMapping {
    /// The table's resource.
    pub table: String,
    /// Records per call.
    pub batch_size: usize,
    /// How often a record is tried again before the mapping gives up on it.
    pub retries: u32,
    /// Only records that one of these matches; all, if there is none.
    pub filters: Vec<Filter>,
}

/// What the API tells browsers of other origins.
#[derive(Debug, Clone, Default)]
pub struct Cors {
    /// Which origins.
    pub origins: Vec<String>,
    /// May call which methods.
    pub methods: String,
    /// With which headers.
    pub headers: String,
    /// And read which headers.
    pub expose: String,
    /// With cookies.
    pub credentials: bool,
    /// Remembered so long.
    pub max_age_seconds: u64,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its resource.
    pub logical_id: String,
    /// Its name here.
    pub name: String,
    /// The body of the `CreateTable` request.
    pub create: Value,
    /// The attribute that says when an item may go.
    pub ttl_attribute: Option<String>,
}

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Its resource.
    pub logical_id: String,
    /// Its name here.
    pub name: String,
    /// How long a message that is being worked on stays out of sight.
    pub visibility_seconds: Option<u64>,
    /// The dead-letter queue's resource, and how many deliveries lead there.
    pub redrive: Option<(String, u64)>,
}

/// A bucket.
#[derive(Debug, Clone)]
pub struct Bucket {
    /// Its resource.
    pub logical_id: String,
    /// Its name here.
    pub name: String,
    /// From where browsers may upload; none means not at all.
    pub cors_methods: Vec<String>,
}

pub(super) fn template(root: &Value) -> Result<Template, TemplateError> {
    let resources = root["Resources"].as_object().ok_or_else(|| unsupported("has no Resources"))?;
    let globals = &root["Globals"]["Function"]["Environment"]["Variables"];
    let api = only(resources, "AWS::Serverless::HttpApi")?;
    let default_authorizer = api["Auth"]["DefaultAuthorizer"].is_string();
    let functions: Result<Vec<_>, _> =
        of_type(resources, "AWS::Serverless::Function").map(|(id, resource)| function(id, resource, globals, default_authorizer)).collect();
    let tables: Result<Vec<_>, _> =
        of_type(resources, "AWS::DynamoDB::Table").map(|(id, resource)| table(id, &resource["Properties"])).collect();
    let queues: Result<Vec<_>, _> =
        of_type(resources, "AWS::SQS::Queue").map(|(id, resource)| queue(id, &resource["Properties"])).collect();
    let mut queues = queues?;
    queues.sort_by_key(|queue| queue.redrive.is_some());
    let buckets: Result<Vec<_>, _> =
        of_type(resources, "AWS::S3::Bucket").map(|(id, resource)| bucket(id, &resource["Properties"])).collect();
    Ok(Template {
        functions: functions?,
        cors: cors(&api["CorsConfiguration"]),
        tables: tables?,
        queues,
        buckets: buckets?,
        behaviours: super::distribution::behaviours(resources)?,
        user_pool: only(resources, "AWS::Cognito::UserPool")?.clone(),
        user_pool_client: only(resources, "AWS::Cognito::UserPoolClient")?.clone(),
        groups: names(resources, "AWS::Cognito::UserPoolGroup", "GroupName"),
        live_api: only(resources, "AWS::AppSync::Api")?.clone(),
        channels: of_type(resources, "AWS::AppSync::ChannelNamespace").map(|(_, resource)| resource["Properties"].clone()).collect(),
    })
}

pub(super) fn unsupported(what: impl Into<String>) -> TemplateError {
    TemplateError::Unsupported(what.into())
}

fn of_type<'a>(resources: &'a Map<String, Value>, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    resources.iter().filter(move |(_, resource)| resource["Type"] == kind).map(|(id, resource)| (id.as_str(), resource))
}

pub(super) fn only<'a>(resources: &'a Map<String, Value>, kind: &'a str) -> Result<&'a Value, TemplateError> {
    let found = of_type(resources, kind).next();
    found.map(|(_, resource)| &resource["Properties"]).ok_or_else(|| unsupported(format!("has no {kind}")))
}

fn names(resources: &Map<String, Value>, kind: &str, property: &str) -> Vec<String> {
    of_type(resources, kind).filter_map(|(_, resource)| text(&resource["Properties"][property])).collect()
}

fn function(id: &str, resource: &Value, globals: &Value, default_authorizer: bool) -> Result<Function, TemplateError> {
    let name = resource["Metadata"]["BuildProperties"]["Binary"].as_str();
    let name = name.ok_or_else(|| unsupported(format!("{id} names no binary")))?.to_owned();
    let own = &resource["Properties"]["Environment"]["Variables"];
    let variables = [globals, own].into_iter().filter_map(Value::as_object).flat_map(Map::keys).cloned().collect();
    let events = resource["Properties"]["Events"].as_object().into_iter().flatten();
    let triggers: Result<Vec<_>, _> = events.map(|(_, event)| trigger(id, event, default_authorizer)).collect();
    Ok(Function { logical_id: id.to_owned(), name, variables, triggers: triggers? })
}

fn trigger(id: &str, event: &Value, default_authorizer: bool) -> Result<Trigger, TemplateError> {
    let properties = &event["Properties"];
    let missing = |what: &str| unsupported(format!("an event of {id} has no {what}"));
    match event["Type"].as_str().unwrap_or_default() {
        "HttpApi" => {
            let authorizer = properties["Auth"]["Authorizer"].as_str();
            Ok(Trigger::Http(Route {
                method: properties["Method"].as_str().ok_or_else(|| missing("Method"))?.to_uppercase(),
                path: properties["Path"].as_str().ok_or_else(|| missing("Path"))?.to_owned(),
                signed_in: authorizer.map_or(default_authorizer, |authorizer| authorizer != "NONE"),
            }))
        }
        "DynamoDB" => {
            let patterns = properties["FilterCriteria"]["Filters"].as_array().into_iter().flatten();
            let filters: Option<Vec<_>> = patterns.map(|filter| filter["Pattern"].as_str().and_then(Filter::parse)).collect();
            Ok(Trigger::Stream(StreamMapping {
                table: logical_id(&properties["Stream"]).ok_or_else(|| missing("Stream"))?.to_owned(),
                batch_size: number(&properties["BatchSize"]).unwrap_or(100),
                retries: number(&properties["MaximumRetryAttempts"]).unwrap_or(10),
                filters: filters.ok_or_else(|| unsupported(format!("a filter of {id} uses syntax that is not known here")))?,
            }))
        }
        "SQS" => Ok(Trigger::Queue {
            queue: logical_id(&properties["Queue"]).ok_or_else(|| missing("Queue"))?.to_owned(),
            batch_size: number(&properties["BatchSize"]).unwrap_or(10),
        }),
        "Schedule" | "ScheduleV2" => {
            let expression = properties["ScheduleExpression"].as_str().or_else(|| properties["Schedule"].as_str());
            expression.and_then(rate).map(Trigger::Schedule).ok_or_else(|| missing("rate(…)"))
        }
        other => Err(unsupported(format!("an event of {id} is of type {other}, which is not known here"))),
    }
}

fn rate(expression: &str) -> Option<Duration> {
    let (count, unit) = expression.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let seconds = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3_600,
        "day" => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(count.parse::<u64>().ok()?.checked_mul(seconds)?))
}

fn number<T: TryFrom<u64>>(value: &Value) -> Option<T> {
    value.as_u64().and_then(|number| T::try_from(number).ok())
}

fn cors(value: &Value) -> Cors {
    let list = |name: &str| -> Vec<String> { value[name].as_array().into_iter().flatten().filter_map(text).collect() };
    Cors {
        origins: list("AllowOrigins"),
        methods: list("AllowMethods").join(","),
        headers: list("AllowHeaders").join(","),
        expose: list("ExposeHeaders").join(","),
        credentials: value["AllowCredentials"].as_bool().unwrap_or_default(),
        max_age_seconds: value["MaxAge"].as_u64().unwrap_or_default(),
    }
}

fn table(id: &str, properties: &Value) -> Result<Table, TemplateError> {
    let name = text(&properties["TableName"]).ok_or_else(|| unsupported(format!("{id} has no name")))?;
    let mut create = json!({
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": properties["AttributeDefinitions"],
        "KeySchema": properties["KeySchema"],
    });
    if let Some(view) = properties["StreamSpecification"]["StreamViewType"].as_str() {
        create["StreamSpecification"] = json!({ "StreamEnabled": true, "StreamViewType": view });
    }
    if properties["GlobalSecondaryIndexes"].is_array() {
        create["GlobalSecondaryIndexes"] = properties["GlobalSecondaryIndexes"].clone();
    }
    let ttl_attribute = properties["TimeToLiveSpecification"]["AttributeName"].as_str().map(str::to_owned);
    Ok(Table { logical_id: id.to_owned(), name, create, ttl_attribute })
}

fn queue(id: &str, properties: &Value) -> Result<Queue, TemplateError> {
    let redrive = &properties["RedrivePolicy"];
    let target = logical_id(&redrive["deadLetterTargetArn"]).map(str::to_owned);
    Ok(Queue {
        logical_id: id.to_owned(),
        name: text(&properties["QueueName"]).ok_or_else(|| unsupported(format!("{id} has no name")))?,
        visibility_seconds: properties["VisibilityTimeout"].as_u64(),
        redrive: target.zip(redrive["maxReceiveCount"].as_u64()),
    })
}

fn bucket(id: &str, properties: &Value) -> Result<Bucket, TemplateError> {
    let rules = properties["CorsConfiguration"]["CorsRules"].as_array().into_iter().flatten();
    let methods = rules.flat_map(|rule| rule["AllowedMethods"].as_array().into_iter().flatten());
    Ok(Bucket {
        logical_id: id.to_owned(),
        name: text(&properties["BucketName"]).ok_or_else(|| unsupported(format!("{id} has no name")))?,
        cors_methods: methods.filter_map(text).collect(),
    })
}
