//! Secrets: from SSM Parameter Store when deployed, from the setting itself on a developer's machine.

use crate::context::{Settings, SettingsError};
use jiff::Timestamp;

/// A setting that begins with this is the secret itself; any other is the name of a `SecureString` parameter.
const INLINE: &str = "inline:";

/// The secret that the setting `name` stands for.
pub(crate) async fn secret(settings: &Settings, aws: &aws_config::SdkConfig, name: &'static str) -> Result<String, SettingsError> {
    let value = settings.required(name)?;
    if let Some(inline) = value.strip_prefix(INLINE) {
        return Ok(inline.to_owned());
    }
    stored(aws, value, settings.clock().now())
        .await
        .map_err(|error| SettingsError::Invalid(name, format!("names no parameter that can be read: {error}")))
}

/// The value of a `SecureString`.
///
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html>
async fn stored(aws: &aws_config::SdkConfig, parameter: &str, now: Timestamp) -> Result<String, String> {
    let region = aws.region().ok_or("there is no region")?.as_ref();
    let credentials = aws.credentials_provider().ok_or("there are no credentials")?;
    let url = aws.endpoint_url().map_or_else(|| format!("https://ssm.{region}.amazonaws.com/"), str::to_owned);
    let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.GetParameter")];
    let body = serde_json::json!({ "Name": parameter, "WithDecryption": true }).to_string();
    let answer = signed::Service::new("ssm", region, credentials).post(&url, &headers, body, now).await;
    let answer: serde_json::Value =
        answer.map_err(|error| error.to_string()).and_then(|answer| serde_json::from_str(&answer).map_err(|error| error.to_string()))?;
    let secret = answer["Parameter"]["Value"].as_str().unwrap_or_default();
    if secret.is_empty() { Err("it is empty".to_owned()) } else { Ok(secret.to_owned()) }
}
