//! Secrets: from SSM Parameter Store when deployed, from the setting itself on a developer's machine.

use crate::context::{Settings, SettingsError};

/// A setting that begins with this is the secret itself; any other is the name of a `SecureString` parameter.
const INLINE: &str = "inline:";

/// The secret that the setting `name` stands for.
pub(crate) async fn secret(settings: &Settings, aws: &aws_config::SdkConfig, name: &'static str) -> Result<String, SettingsError> {
    let value = settings.required(name)?;
    if let Some(inline) = value.strip_prefix(INLINE) {
        return Ok(inline.to_owned());
    }
    let client = aws_sdk_ssm::Client::new(aws);
    let answer = client.get_parameter().name(value).with_decryption(true).send().await;
    let parameter = answer.map_err(|error| SettingsError::Invalid(name, format!("names no parameter that can be read: {error}")))?;
    let secret = parameter.parameter().and_then(|parameter| parameter.value()).unwrap_or_default();
    if secret.is_empty() { Err(SettingsError::Missing(name)) } else { Ok(secret.to_owned()) }
}
