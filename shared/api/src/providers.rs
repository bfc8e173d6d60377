//! Which payment providers this stage accepts: those whose secrets it has.

use crate::context::{App, Settings, SettingsError, Stage};
use crate::secrets::secret;
use domain::payment::Provider;
use payments::{Free, Providers, RAZORPAY_API, Razorpay, RazorpaySettings, STRIPE_API, Sandbox, Stripe, StripeMethods, StripeSettings};
use std::sync::Arc;

/// What a till accepts.
#[derive(Clone, Default)]
pub struct Accepted {
    /// All of them.
    pub providers: Providers,
    /// The sandbox, which can do more than others. Never in production.
    pub sandbox: Option<Sandbox>,
}

impl Accepted {
    pub(crate) async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig, app: &App) -> Result<Self, SettingsError> {
        let mut accepted = Self { providers: Providers::default().with(Provider::Free, Arc::new(Free)), sandbox: None };
        if let Some(secret) = optional(settings, aws, "SANDBOX_SECRET").await?
            && app.stage != Stage::Prod
        {
            let sandbox = Sandbox::new(app.store.clone(), &secret);
            accepted.providers = accepted.providers.with(Provider::Sandbox, Arc::new(sandbox.clone()));
            accepted.sandbox = Some(sandbox);
        }
        if let Some(key) = optional(settings, aws, "STRIPE_SECRET_KEY").await? {
            let webhooks = secret(settings, aws, "STRIPE_WEBHOOK_SECRETS").await?;
            let api = settings.optional("STRIPE_API").unwrap_or(STRIPE_API);
            let methods = match settings.optional("STRIPE_METHODS") {
                None | Some("all") => StripeMethods::All,
                Some("captured-later") => StripeMethods::CapturedLater,
                Some(_) => return Err(SettingsError::Invalid("STRIPE_METHODS", "must be all or captured-later".to_owned())),
            };
            let stripe = Stripe::new(&StripeSettings { methods, ..StripeSettings::new(&key, &webhooks, api) });
            accepted.providers = accepted.providers.with(Provider::Stripe, Arc::new(stripe));
        }
        if let Some(key_id) = optional(settings, aws, "RAZORPAY_KEY_ID").await? {
            let key_secret = secret(settings, aws, "RAZORPAY_KEY_SECRET").await?;
            let webhooks = secret(settings, aws, "RAZORPAY_WEBHOOK_SECRETS").await?;
            let api = settings.optional("RAZORPAY_API").unwrap_or(RAZORPAY_API);
            let razorpay = Razorpay::new(&RazorpaySettings::new(&key_id, &key_secret, &webhooks, api));
            accepted.providers = accepted.providers.with(Provider::Razorpay, Arc::new(razorpay));
        }
        Ok(accepted)
    }
}

/// A secret that may be absent: then its provider is not accepted.
async fn optional(settings: &Settings, aws: &aws_config::SdkConfig, name: &'static str) -> Result<Option<String>, SettingsError> {
    match settings.optional(name) {
        Some(_) => secret(settings, aws, name).await.map(Some),
        None => Ok(None),
    }
}
