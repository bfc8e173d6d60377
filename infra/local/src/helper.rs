//! The helper process: ministack, which is Cognito, S3, SES, SQS and AppSync Events here.

mod accounts;
mod aws;
mod process;
mod provision;

pub use accounts::Accounts;
pub use aws::{Aws, AwsError};
pub use process::{HelperProcess, HelperSettings, StartError};
pub use provision::{ProvisionError, provision};

use std::collections::HashMap;

/// What was made in the helper, and the way to it.
pub struct Helper {
    /// Where it listens, without a slash at its end.
    pub url: String,
    /// Signed requests to it.
    pub aws: Aws,
    /// The user pool.
    pub accounts: Accounts,
    /// Queue addresses by logical id.
    pub queue_urls: HashMap<String, String>,
    /// The host that AppSync Events answers to.
    pub live_host: String,
    /// The host that browsers listen at.
    pub live_realtime_host: String,
    /// What they listen with.
    pub live_key: String,
}

impl Helper {
    /// Hands a publication on to AppSync Events. Answers with its status and body.
    pub async fn publish(&self, body: Vec<u8>) -> Result<(u16, Vec<u8>), AwsError> {
        let url = format!("{}/event", self.url);
        let headers = [("host", self.live_host.as_str()), ("content-type", "application/json")];
        let answer = self.aws.send("appsync", reqwest::Method::POST, &url, &headers, body).await?;
        Ok((answer.status().as_u16(), answer.bytes().await?.to_vec()))
    }
}
