//! Makes in the helper what the template describes: pool, buckets, queues, channels. What exists already stays.

use super::{Accounts, Aws, AwsError, Helper};
use crate::template::{Bucket, Queue, Template};
use crate::{ACCOUNT_ID, REGION};
use aws_config::SdkConfig;
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Something could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// By a signed request.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// In Cognito.
    #[error("Cognito: {0}")]
    Cognito(String),
    /// In SQS.
    #[error("SQS: {0}")]
    Queue(String),
    /// An answer made no sense.
    #[error("the helper process answered without {0}")]
    Missing(&'static str),
}

/// Makes everything.
pub async fn provision(url: &str, config: &SdkConfig, template: &Template) -> Result<Helper, ProvisionError> {
    let aws = Aws::default();
    let cognito = aws_sdk_cognitoidentityprovider::Client::new(config);
    let accounts = Accounts::ensure(&cognito, template).await.map_err(|error| ProvisionError::Cognito(chain(error.as_ref())))?;
    let sqs = aws_sdk_sqs::Client::new(config);
    let mut queue_urls = HashMap::new();
    for queue in &template.queues {
        let made = make_queue(&sqs, queue, template).await.map_err(|error| ProvisionError::Queue(chain(&error)))?;
        queue_urls.insert(queue.logical_id.clone(), made);
    }
    for bucket in &template.buckets {
        make_bucket(&aws, url, bucket).await?;
    }
    let live = Live::ensure(&aws, url, template).await?;
    Ok(Helper {
        url: url.to_owned(),
        aws,
        accounts,
        queue_urls,
        live_host: live.http,
        live_realtime_host: live.realtime,
        live_key: live.key,
    })
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

async fn make_queue(sqs: &aws_sdk_sqs::Client, queue: &Queue, template: &Template) -> Result<String, aws_sdk_sqs::Error> {
    let mut request = sqs.create_queue().queue_name(&queue.name);
    if let Some(seconds) = queue.visibility_seconds {
        request = request.attributes(QueueAttributeName::VisibilityTimeout, seconds.to_string());
    }
    if let Some((target, count)) = &queue.redrive
        && let Some(target) = template.queue(target)
    {
        let arn = format!("arn:aws:sqs:{REGION}:{ACCOUNT_ID}:{}", target.name);
        let policy = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": count }).to_string();
        request = request.attributes(QueueAttributeName::RedrivePolicy, policy);
    }
    let made = request.send().await?;
    Ok(made.queue_url.unwrap_or_default())
}

async fn make_bucket(aws: &Aws, url: &str, bucket: &Bucket) -> Result<(), ProvisionError> {
    let address = format!("{url}/{}", bucket.name);
    if !aws.send("s3", reqwest::Method::HEAD, &address, &[], Vec::new()).await?.status().is_success() {
        aws.ask("s3", reqwest::Method::PUT, &address, &[], Vec::new()).await?;
    }
    if !bucket.cors_methods.is_empty() {
        let methods = bucket.cors_methods.join("</AllowedMethod><AllowedMethod>");
        // Local ports come and go: any origin may upload, with a signature.
        let rules = format!(
            "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>{methods}</AllowedMethod><AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>"
        );
        aws.ask("s3", reqwest::Method::PUT, &format!("{address}?cors"), &[], rules.into_bytes()).await?;
    }
    Ok(())
}

/// The AppSync Events API.
struct Live {
    http: String,
    realtime: String,
    key: String,
}

impl Live {
    async fn ensure(aws: &Aws, url: &str, template: &Template) -> Result<Self, ProvisionError> {
        const NAME: &str = "frontrow-local";
        let apis = ask(aws, reqwest::Method::GET, &format!("{url}/v2/apis"), &Value::Null).await?;
        let known = apis["apis"].as_array().into_iter().flatten().find(|api| api["name"] == NAME).cloned();
        let api = if let Some(api) = known {
            api
        } else {
            let body = json!({ "name": NAME, "eventConfig": camel_case(&template.live_api["EventConfig"]) });
            ask(aws, reqwest::Method::POST, &format!("{url}/v2/apis"), &body).await?["api"].clone()
        };
        let id = api["apiId"].as_str().ok_or(ProvisionError::Missing("the id of the AppSync API"))?;
        let channels = format!("{url}/v2/apis/{id}/channelNamespaces");
        let known = ask(aws, reqwest::Method::GET, &channels, &Value::Null).await?;
        for mut channel in template.channels.iter().map(camel_case) {
            channel.as_object_mut().expect("properties are an object").remove("apiId");
            if !known["channelNamespaces"].as_array().into_iter().flatten().any(|known| known["name"] == channel["name"]) {
                ask(aws, reqwest::Method::POST, &channels, &channel).await?;
            }
        }
        let keys = format!("{url}/v1/apis/{id}/apikeys");
        let known = ask(aws, reqwest::Method::GET, &keys, &Value::Null).await?;
        let key = match known["apiKeys"][0]["id"].as_str() {
            Some(key) => key.to_owned(),
            None => ask(aws, reqwest::Method::POST, &keys, &json!({})).await?["apiKey"]["id"].as_str().unwrap_or_default().to_owned(),
        };
        // A helper with kept state still names the port it had before.
        let port = url.rsplit(':').next().unwrap_or_default();
        let host = |kind: &str| {
            let name = api["dns"][kind].as_str().and_then(|host| host.split(':').next());
            name.map(|name| format!("{name}:{port}")).ok_or(ProvisionError::Missing("the hosts of AppSync"))
        };
        Ok(Self { http: host("HTTP")?, realtime: host("REALTIME")?, key })
    }
}

async fn ask(aws: &Aws, method: reqwest::Method, url: &str, body: &Value) -> Result<Value, ProvisionError> {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let answer = aws.ask("appsync", method, url, &[("content-type", "application/json")], body).await?;
    serde_json::from_slice(&answer).map_err(|_| ProvisionError::Missing("JSON"))
}

/// The template spells `AuthProviders`, the API `authProviders`.
fn camel_case(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(members.iter().map(|(name, value)| (lower_first(name), camel_case(value))).collect()),
        Value::Array(items) => items.iter().map(camel_case).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
