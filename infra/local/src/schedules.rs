//! Schedules: calls functions as time passes.

use crate::functions::Functions;
use serde_json::json;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// Calls one function again and again, never twice at once.
pub struct Schedule {
    /// The function.
    pub function: String,
    /// How often.
    pub every: Duration,
    /// Where it is.
    pub functions: Functions,
}

impl Schedule {
    /// Calls until the end of time.
    pub async fn run(self) {
        let mut ticks = tokio::time::interval(self.every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let event = serde_json::to_vec(&json!({ "source": "aws.scheduler" })).expect("values are JSON");
            if let Err(error) = self.functions.invoke(&self.function, event).await {
                tracing::warn!(function = self.function, cause = %error, "a scheduled function failed");
            }
        }
    }
}
