//! The local values of the functions' environment variables; which of them a function has, the template says. And the web client's.

use crate::helper::Helper;
use crate::template::Template;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Tickets signed with this open no real door.
const TICKET_KEYS: &str = "inline:1:ZnJvbnRyb3ctbG9jYWwtdGlja2V0LWtleS0wMDAwMDE=";
const SANDBOX_SECRET: &str = "inline:frontrow-local-sandbox-secret";

pub(super) fn of_functions(template: &Template, helper: &Helper, port: u16) -> HashMap<String, String> {
    let gateway = format!("http://127.0.0.1:{port}");
    let table = |id: &str| template.table(id).map(|table| table.name.clone()).unwrap_or_default();
    let queue = |id: &str| helper.queue_urls.get(id).cloned().unwrap_or_default();
    let media = template.buckets.iter().find(|bucket| bucket.logical_id == "MediaBucket");
    let mut settings: HashMap<String, String> = [
        ("AWS_REGION", crate::REGION.to_owned()),
        ("AWS_ENDPOINT_URL", helper.url.clone()),
        ("STAGE", "local".to_owned()),
        ("INVENTORY_TABLE", table("InventoryTable")),
        ("MAIN_TABLE", table("MainTable")),
        ("PAYMENTS_QUEUE_URL", queue("PaymentsQueue")),
        ("EVENTS_QUEUE_URL", queue("EventsQueue")),
        ("INVOICES_QUEUE_URL", queue("InvoicesQueue")),
        ("MEDIA_BUCKET", media.map(|bucket| bucket.name.clone()).unwrap_or_default()),
        ("USER_POOL_ID", helper.accounts.pool_id.clone()),
        ("USER_POOL_CLIENT_ID", helper.accounts.client_id.clone()),
        ("LIVE_ENDPOINT", format!("{gateway}/_local/live")),
        ("PUBLIC_URL", gateway),
        ("TICKET_KEYS", TICKET_KEYS.to_owned()),
        ("SANDBOX_SECRET", SANDBOX_SECRET.to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    // What hurries payments up for tests has no place in the template: it is taken from our own environment.
    let own = api::Settings::from_env();
    for name in ["PAYMENT_ASK_EVERY_SECONDS", "PAYMENT_WAIT_FOR_LATE_SECONDS"] {
        settings.extend(own.optional(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    // Test keys of real providers, for whoever has some: without them only the sandbox is accepted.
    for name in ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "RAZORPAY_KEY_ID", "RAZORPAY_KEY_SECRET", "RAZORPAY_WEBHOOK_SECRETS"] {
        settings.extend(own.optional(name).map(|value| (name.to_owned(), format!("inline:{value}"))));
    }
    for name in ["STRIPE_API", "STRIPE_METHODS", "RAZORPAY_API"] {
        settings.extend(own.optional(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    settings
}

/// What the web client's `config.json` says; on AWS it is the output `WebConfig` of the stack, and a test compares the two.
pub(super) fn of_web_client(helper: &Helper) -> Value {
    let own = api::Settings::from_env();
    let mut config = json!({
        "apiBase": "", "stage": "local",
        "live": {
            "http": format!("http://{}/event", helper.live_host),
            "realtime": format!("ws://{}/event/realtime", helper.live_realtime_host),
            "host": helper.live_host,
            "apiKey": helper.live_key,
        },
        "providers": ["sandbox"],
    });
    // Browsers cannot pay through a provider whose public key they do not know.
    for (provider, public, name) in
        [("stripe", "STRIPE_PUBLISHABLE_KEY", "stripePublishableKey"), ("razorpay", "RAZORPAY_KEY_ID", "razorpayKeyId")]
    {
        if let (Some(key), Some(providers)) = (own.optional(public), config["providers"].as_array_mut()) {
            providers.push(json!(provider));
            config[name] = json!(key);
        }
    }
    config
}
