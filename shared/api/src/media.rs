//! What functions are given that take pictures.

use crate::context::{App, Context, Settings, SettingsError};
use crate::problem::Problem;
use media::{PresignError, Uploads};

/// Store and clock, and the way into the media bucket.
#[derive(Debug, Clone)]
pub struct Media {
    /// Store and clock.
    pub app: App,
    /// Forms for uploads.
    pub uploads: Uploads,
}

impl Context for Media {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let app = App::from_env(settings, aws).await?;
        let credentials = aws.credentials_provider().ok_or(SettingsError::Missing("AWS_ACCESS_KEY_ID"))?;
        let region = aws.region().ok_or(SettingsError::Missing("AWS_REGION"))?;
        let endpoint = settings.optional("AWS_ENDPOINT_URL_S3").or_else(|| settings.optional("AWS_ENDPOINT_URL"));
        let uploads = Uploads::new(settings.required("MEDIA_BUCKET")?, region.as_ref(), endpoint, credentials);
        Ok(Self { app, uploads })
    }
}

impl From<PresignError> for Problem {
    fn from(error: PresignError) -> Self {
        Self::internal(error)
    }
}
