//! What runs behind the functions: streams, queues, the schedule and TTL. All of it late, some of it twice.

use super::theatre::Theatre;
use crate::function_event::event;
use local::streams::record;
use local::template::{StreamMapping, Trigger};
use payments::{SANDBOX_SIGNATURE_HEADER, Sandbox, SandboxEvent};
use queues::PaymentMessage;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::rc::Rc;

/// How often something that is done is delivered once more, of a thousand.
const AGAIN: u32 = 60;
/// A failed message comes again after so long.
const RETRY_MILLIS: i64 = 1_000;
/// The reconciler comes so often at most.
const RECONCILE_MILLIS: i64 = 30_000;
/// What the sandbox signs with on stage.
const SANDBOX_SECRET: &str = "secret";

/// Reads one table's stream for one function.
pub(super) async fn stream_reader(theatre: Rc<Theatre>, function: &'static str) {
    let mapping = mapping(function);
    let mut stream = Stream::new(&theatre, &mapping.table);
    let mut backlog: VecDeque<Value> = VecDeque::new();
    loop {
        theatre.gate.turn(function).await;
        let fresh = stream.read(&theatre);
        backlog.extend(
            fresh.into_iter().filter(|change| mapping.filters.is_empty() || mapping.filters.iter().any(|filter| filter.matches(change))),
        );
        if backlog.is_empty() {
            continue;
        }
        let size = (1 + theatre.dice.below(5)).min(backlog.len());
        let batch: Vec<Value> = backlog.iter().take(size).cloned().collect();
        let Some(answer) = theatre.invoke("stream", function, &json!({ "Records": batch })).await else { continue };
        let failed = answer["batchItemFailures"][0]["itemIdentifier"].as_str();
        let done = failed.and_then(|failed| batch.iter().position(|change| record::sequence_number(change) == Some(failed)));
        if theatre.calm.get() || !theatre.dice.permille(AGAIN) {
            backlog.drain(..done.unwrap_or(size));
        }
    }
}

fn mapping(function: &str) -> StreamMapping {
    let triggers = &Theatre::template().function(function).expect("a function").triggers;
    let mapping = triggers.iter().find_map(|trigger| if let Trigger::Stream(mapping) = trigger { Some(mapping.clone()) } else { None });
    mapping.expect("it reads a stream")
}

struct Stream {
    arn: String,
    iterator: Value,
}

impl Stream {
    fn new(theatre: &Theatre, table: &str) -> Self {
        let name = &Theatre::template().table(table).expect("a table").name;
        let arn = theatre.ask("DescribeTable", &json!({ "TableName": name }))["Table"]["LatestStreamArn"].take();
        let shard = theatre.ask("DescribeStream", &json!({ "StreamArn": arn }))["StreamDescription"]["Shards"][0]["ShardId"].take();
        let request = json!({ "StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        let iterator = theatre.ask("GetShardIterator", &request)["ShardIterator"].take();
        Self { arn: arn.as_str().unwrap_or_default().to_owned(), iterator }
    }

    fn read(&mut self, theatre: &Theatre) -> Vec<Value> {
        let mut page = theatre.ask("GetRecords", &json!({ "ShardIterator": self.iterator }));
        self.iterator = page["NextShardIterator"].take();
        let Value::Array(records) = page["Records"].take() else { return Vec::new() };
        records.into_iter().map(|change| self.change(theatre, change)).collect()
    }

    /// As Lambda would hand it over. The database has the machine's clock and does not know of our TTL.
    fn change(&self, theatre: &Theatre, mut change: Value) -> Value {
        change["dynamodb"]["ApproximateCreationDateTime"] = theatre.gate.now().as_second().into();
        if change["eventName"] == "REMOVE" && theatre.witness.borrow().expired.contains(&expired_name(&change["dynamodb"]["OldImage"])) {
            change["userIdentity"] = json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
        }
        record::event(change, &self.arn)
    }
}

/// Receives one queue's messages for one function.
pub(super) async fn worker(theatre: Rc<Theatre>, queue: &'static str, function: &'static str) {
    loop {
        theatre.gate.turn(function).await;
        let ready = theatre.post.ready(queue, theatre.gate.millis());
        if ready.is_empty() {
            continue;
        }
        let number = *theatre.dice.one_of(&ready);
        let message = theatre.post.take(number).expect("it is ready");
        let again = !theatre.calm.get() && theatre.dice.permille(AGAIN);
        if work(&theatre, function, &message.body).await && !again {
            theatre.post.delete(number);
        } else {
            theatre.post.hand_back(number, theatre.gate.millis() + RETRY_MILLIS);
        }
    }
}

async fn work(theatre: &Theatre, function: &'static str, body: &str) -> bool {
    if let Ok(PaymentMessage::SandboxWebhook { event, payment, status, dispute }) = serde_json::from_str(body) {
        return call_back(theatre, event, &payment, status, dispute).await;
    }
    let records = json!({ "Records": [{ "messageId": "1", "receiptHandle": "1", "body": body, "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs" }] });
    let answer = theatre.invoke("queue", function, &records).await;
    answer.is_some_and(|answer| answer["batchItemFailures"].as_array().is_some_and(Vec::is_empty))
}

/// The sandbox calls back, as over the network.
async fn call_back(
    theatre: &Theatre,
    id: String,
    payment: &domain::id::PaymentId,
    status: domain::payment::PaymentStatus,
    dispute: Option<String>,
) -> bool {
    let sandbox = Sandbox::new(theatre.world.store.clone(), SANDBOX_SECRET);
    let Some(amount) = theatre.witness.borrow().asked_of(payment.as_str()) else { return true };
    let body = serde_json::to_string(&SandboxEvent { id, payment_id: payment.clone(), status, amount, dispute }).expect("JSON");
    let mut request = event("POST", "/v1/webhooks/sandbox", &[], None, None);
    request["headers"][SANDBOX_SIGNATURE_HEADER] = sandbox.webhook_signature(body.as_bytes(), theatre.gate.now()).into();
    request["body"] = body.into();
    theatre.call("bank", "webhooks-receive-sandbox", &request).await.is_some_and(|answered| answered.status == 200)
}

/// Calls the reconciler, as its schedule does.
pub(super) async fn schedule(theatre: Rc<Theatre>, function: &'static str) {
    let mut last = 0;
    loop {
        theatre.gate.turn(function).await;
        let now = theatre.gate.millis();
        if now - last >= RECONCILE_MILLIS {
            last = now;
            theatre.invoke("schedule", function, &json!({ "source": "aws.scheduler" })).await;
        }
    }
}

/// Deletes items whose time is over: all, or some of them.
pub(super) fn expire(theatre: &Theatre, all: bool) {
    let now = theatre.gate.now();
    for table in &Theatre::template().tables {
        let Some(attribute) = &table.ttl_attribute else { continue };
        for item in theatre.items(&table.logical_id) {
            let due = item[attribute]["N"].as_str().and_then(|seconds| seconds.parse::<i64>().ok());
            if due.is_none_or(|due| due >= now.as_second()) || !(all || theatre.dice.permille(500)) {
                continue;
            }
            theatre.witness.borrow_mut().expired.insert(expired_name(&item));
            theatre.note(&format!(
                "TTL deletes {} {}",
                item["pk"]["S"].as_str().unwrap_or_default(),
                item["sk"]["S"].as_str().unwrap_or_default()
            ));
            theatre.ask("DeleteItem", &json!({ "TableName": table.name, "Key": { "pk": item["pk"], "sk": item["sk"] } }));
        }
    }
}

fn expired_name(item: &Value) -> String {
    format!("{} {} {}", item["pk"], item["sk"], item["expires_at"])
}

/// Payments say it in seconds, at a fixed width.
fn due(spelled: &str) -> Option<i64> {
    spelled.parse::<i64>().ok().map(|seconds| seconds * 1_000)
}

/// The earliest moment after which a machine has something to do.
pub(super) fn next_due(theatre: &Theatre) -> Option<i64> {
    let main = theatre.items("MainTable");
    let payments = main.iter().filter_map(|item| item["due_at"]["S"].as_str()).filter_map(due);
    let holds = theatre.items("InventoryTable");
    let holds = holds.iter().filter_map(|item| item["expires_at"]["N"].as_str()).filter_map(|at| at.parse::<i64>().ok());
    let moments = payments.chain(holds.map(|at| (at + 1) * 1_000)).chain(theatre.post.next_due());
    moments.min()
}
