//! Queues: receives messages, as Lambda's event source mappings do, and calls their workers.

use crate::functions::Functions;
use crate::pollers::Poller;
use crate::{ACCOUNT_ID, REGION};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// How long a receipt waits at the queue for a message.
const WAIT_SECONDS: i32 = 0;
/// How long to wait when there was none: a little after the last message, twice as long each time, and never longer than the last.
const IDLE_FIRST: Duration = Duration::from_millis(20);
const IDLE_MAX: Duration = Duration::from_millis(150);
/// A failed message comes again after so long, not after the queue's whole visibility timeout: nobody waits minutes locally.
const RETRY_SECONDS: i32 = 1;
const TROUBLE: Duration = Duration::from_secs(2);

/// Receives one queue's messages for one function. After too many failures the queue itself moves a message aside.
pub struct QueueReader {
    /// The function.
    pub function: String,
    /// Messages per call.
    pub batch_size: u16,
    /// The queue's name.
    pub queue: String,
    /// The queue's address.
    pub url: String,
    /// The way to it.
    pub client: Client,
    /// Where the function is.
    pub functions: Functions,
    /// How others see whether it is done.
    pub poller: Arc<Poller>,
}

impl QueueReader {
    /// Receives until the end of time.
    pub async fn run(self) {
        let mut idle = IDLE_MAX;
        loop {
            let turn = self.poller.begin();
            let request = self
                .client
                .receive_message()
                .queue_url(&self.url)
                .max_number_of_messages(i32::from(self.batch_size.clamp(1, 10)))
                .wait_time_seconds(WAIT_SECONDS)
                .message_system_attribute_names(aws_sdk_sqs::types::MessageSystemAttributeName::All);
            match request.send().await {
                Ok(answer) if answer.messages().is_empty() => {
                    self.poller.found_nothing(turn, idle).await;
                    idle = (idle * 2).min(IDLE_MAX);
                }
                Ok(answer) => {
                    idle = IDLE_FIRST;
                    self.handle(answer.messages()).await;
                    self.poller.found_some();
                }
                Err(error) => {
                    tracing::warn!(queue = self.queue, cause = ?error, "a queue cannot be read");
                    tokio::time::sleep(TROUBLE).await;
                }
            }
        }
    }

    async fn handle(&self, messages: &[Message]) {
        let failed = self.call(messages).await;
        let failed = |message: &&Message| failed.contains(message.message_id().unwrap_or_default());
        let done: Vec<_> = messages.iter().filter(|message| !failed(message)).filter_map(deletion).collect();
        if !done.is_empty()
            && let Err(error) = self.client.delete_message_batch().queue_url(&self.url).set_entries(Some(done)).send().await
        {
            tracing::warn!(queue = self.queue, cause = ?error, "messages that are done could not be deleted");
        }
        for message in messages.iter().filter(failed) {
            let again = self.client.change_message_visibility().queue_url(&self.url).visibility_timeout(RETRY_SECONDS);
            let _ = again.set_receipt_handle(message.receipt_handle.clone()).send().await;
        }
    }

    /// Calls the worker. Returns the ids of the messages that are not done.
    async fn call(&self, messages: &[Message]) -> HashSet<String> {
        let records: Vec<Value> = messages.iter().map(|message| record(message, &self.queue)).collect();
        let event = serde_json::to_vec(&json!({ "Records": records })).expect("values are JSON");
        match self.functions.invoke(&self.function, event).await {
            Ok(answer) => {
                let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
                let failures = answer["batchItemFailures"].as_array().into_iter().flatten();
                failures.filter_map(|failure| failure["itemIdentifier"].as_str().map(str::to_owned)).collect()
            }
            Err(error) => {
                tracing::warn!(function = self.function, cause = %error, "a queue's worker failed");
                messages.iter().filter_map(|message| message.message_id.clone()).collect()
            }
        }
    }
}

/// Messages that are waiting or being worked on; those that are delayed on purpose do not count.
pub async fn waiting(client: &Client, urls: &[String]) -> u64 {
    use aws_sdk_sqs::types::QueueAttributeName::{ApproximateNumberOfMessages as Visible, ApproximateNumberOfMessagesNotVisible as Taken};
    let mut waiting = 0;
    for url in urls {
        let request = client.get_queue_attributes().queue_url(url).attribute_names(Visible).attribute_names(Taken);
        let Ok(answer) = request.send().await else { continue };
        let numbers = answer.attributes().into_iter().flat_map(|attributes| attributes.values());
        waiting += numbers.filter_map(|number| number.parse::<u64>().ok()).sum::<u64>();
    }
    waiting
}

fn deletion(message: &Message) -> Option<DeleteMessageBatchRequestEntry> {
    let entry = DeleteMessageBatchRequestEntry::builder().id(message.message_id()?).receipt_handle(message.receipt_handle()?);
    entry.build().ok()
}

/// The message as it stands in Lambda's `SQSEvent`.
fn record(message: &Message, queue: &str) -> Value {
    let attributes = message.attributes.iter().flatten();
    json!({
        "messageId": message.message_id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": attributes.map(|(name, value)| (name.as_str().to_owned(), value.clone().into())).collect::<serde_json::Map<_, _>>(),
        "messageAttributes": {},
        "md5OfBody": message.md5_of_body,
        "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:{REGION}:{ACCOUNT_ID}:{queue}"),
        "awsRegion": REGION,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_what_lambda_hands_over() {
        let message = Message::builder().message_id("m1").receipt_handle("r1").body(r#"{"kind":"x"}"#).md5_of_body("5").build();
        let event = json!({ "Records": [record(&message, "payments")] });
        assert_eq!(event["Records"][0]["body"], r#"{"kind":"x"}"#);
        assert_eq!(event["Records"][0]["eventSourceARN"], "arn:aws:sqs:us-east-1:000000000000:payments");
    }
}
