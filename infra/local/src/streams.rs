//! Streams: reads what changed, as Lambda's event source mappings do, and calls the functions that want to know.
//!
//! At least once: the position is written down after a batch, never before.

mod cursor;
mod positions;
pub mod record;

pub use positions::Positions;

use crate::dynamo::{CallError, Dynamo};
use crate::functions::Functions;
use crate::pollers::Poller;
use crate::template::StreamMapping;
use cursor::Cursor;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// How long to wait when nothing came.
const IDLE: Duration = Duration::from_millis(150);
/// How long to wait when something came, but not a full page: a busy selling path must not be read record by record.
const BUSY: Duration = Duration::from_millis(80);
/// The first and the longest wait before a failed batch is tried again.
const RETRY_FIRST: Duration = Duration::from_millis(100);
const RETRY_LONGEST: Duration = Duration::from_secs(2);

/// Reads one table's stream for one function.
pub struct StreamReader {
    /// The function.
    pub function: String,
    /// How it reads.
    pub mapping: StreamMapping,
    /// The table's name.
    pub table: String,
    /// Where the stream is.
    pub dynamo: Arc<Dynamo>,
    /// Where the function is.
    pub functions: Functions,
    /// How far it has read.
    pub positions: Arc<Positions>,
    /// How others see whether it is done.
    pub poller: Arc<Poller>,
}

impl StreamReader {
    /// Reads until the end of time.
    pub async fn run(self) {
        let mut cursor = Cursor::new(&self.function, &self.table);
        loop {
            let turn = self.poller.begin();
            match self.turn(&mut cursor).await {
                Ok(0) => self.poller.found_nothing(turn, IDLE).await,
                Ok(read) => {
                    self.poller.found_some();
                    if read < cursor::PAGE {
                        tokio::time::sleep(BUSY).await;
                    }
                }
                Err(CallError::Refused { kind, .. }) if kind == "TrimmedDataAccessException" => {
                    // The place is older than the stream's beginning, or DynamoDB Local has cut an empty shard.
                    self.positions.forget(&self.function);
                    cursor = Cursor::new(&self.function, &self.table);
                    tokio::time::sleep(IDLE).await;
                }
                Err(error) => {
                    tracing::warn!(function = self.function, cause = %error, "a stream cannot be read");
                    cursor = Cursor::new(&self.function, &self.table);
                    tokio::time::sleep(RETRY_LONGEST).await;
                }
            }
        }
    }

    /// Reads a page of every shard and has it handled. Returns the number of records.
    async fn turn(&self, cursor: &mut Cursor) -> Result<usize, CallError> {
        let mut read = 0;
        for (shard, records) in cursor.read(&self.dynamo, &self.positions).await? {
            let Some(last) = records.last().and_then(record::sequence_number) else { continue };
            let last = last.to_owned();
            read += records.len();
            let events = records.into_iter().map(|record| record::event(record, cursor.arn()));
            let wanted: Vec<Value> = events.filter(|event| self.wants(event)).collect();
            for batch in wanted.chunks(self.mapping.batch_size.max(1)) {
                self.handle(batch).await;
            }
            self.positions.reached(&self.function, &shard, &last);
        }
        Ok(read)
    }

    fn wants(&self, record: &Value) -> bool {
        self.mapping.filters.is_empty() || self.mapping.filters.iter().any(|filter| filter.matches(record))
    }

    /// Has a batch handled, from its first failure on again and again, until a record failed too often.
    async fn handle(&self, batch: &[Value]) {
        let (mut rest, mut failures, mut wait) = (batch, 0, RETRY_FIRST);
        while !rest.is_empty() {
            // A call that fails as a whole does not say at which record: they are tried one by one then.
            let asked = if failures > 0 { 1 } else { rest.len() };
            let Err(failed_at) = self.call(&rest[..asked]).await else {
                (rest, failures, wait) = (&rest[asked..], 0, RETRY_FIRST);
                continue;
            };
            if failed_at > 0 {
                (failures, wait) = (0, RETRY_FIRST);
            }
            rest = &rest[failed_at..];
            failures += 1;
            if failures > self.mapping.retries {
                tracing::error!(function = self.function, record = record::sequence_number(&rest[0]), "gave up on a stream record");
                (rest, failures) = (&rest[1..], 0);
            } else {
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(RETRY_LONGEST);
            }
        }
    }

    /// Calls the function; an error is the index of the first record that is not done.
    async fn call(&self, records: &[Value]) -> Result<(), usize> {
        let event = serde_json::to_vec(&json!({ "Records": records })).expect("values are JSON");
        let answer = match self.functions.invoke(&self.function, event).await {
            Ok(answer) => serde_json::from_slice::<Value>(&answer).unwrap_or_default(),
            Err(error) => {
                tracing::warn!(function = self.function, cause = %error, "a stream's reader failed");
                return Err(0);
            }
        };
        let failed = answer["batchItemFailures"].as_array().into_iter().flatten().map(|failure| failure["itemIdentifier"].as_str());
        let first = failed.map(|failed| records.iter().position(|record| record::sequence_number(record) == failed).unwrap_or(0)).min();
        first.map_or(Ok(()), Err)
    }
}
