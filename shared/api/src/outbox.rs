//! What functions are given that only pass work on, and those that tell viewers.

use crate::context::{App, Clock, Context, Settings, SettingsError};
use crate::till::queues_from;
use live::Publisher;
use queues::Queues;

/// The queues, and nothing else.
#[derive(Debug, Clone)]
pub struct Outbox {
    /// Where slow work is written down.
    pub queues: Queues,
    /// What time it is.
    pub clock: Clock,
}

impl Context for Outbox {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        settings.required("PAYMENTS_QUEUE_URL")?;
        settings.required("EVENTS_QUEUE_URL")?;
        settings.required("INVOICES_QUEUE_URL")?;
        Ok(Self { queues: queues_from(settings, aws), clock: settings.clock() })
    }
}

/// The store, and the way to everybody who watches a seat map.
#[derive(Debug, Clone)]
pub struct Broadcast {
    /// Store and clock.
    pub app: App,
    /// AppSync Events.
    pub publisher: Publisher,
}

impl Context for Broadcast {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let app = App::from_env(settings, aws).await?;
        let credentials = aws.credentials_provider().ok_or(SettingsError::Missing("AWS_ACCESS_KEY_ID"))?;
        let region = aws.region().ok_or(SettingsError::Missing("AWS_REGION"))?;
        Ok(Self { app, publisher: Publisher::new(settings.required("LIVE_ENDPOINT")?, region.as_ref(), credentials) })
    }
}
