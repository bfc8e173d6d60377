//! Where a reader is in a stream: one iterator per shard.

use super::positions::Positions;
use crate::dynamo::{CallError, Dynamo};
use serde_json::{Value, json};

/// Records asked for at once.
pub(super) const PAGE: usize = 1_000;
/// After so many reads the stream is asked for new shards.
const READS_PER_LOOK: u32 = 50;

/// A reader's place.
pub(super) struct Cursor {
    reader: String,
    table: String,
    arn: Option<String>,
    shards: Vec<Shard>,
    reads: u32,
}

struct Shard {
    id: String,
    /// None when the shard is closed and read to its end.
    iterator: Option<String>,
}

impl Cursor {
    pub(super) fn new(reader: &str, table: &str) -> Self {
        Self { reader: reader.to_owned(), table: table.to_owned(), arn: None, shards: Vec::new(), reads: 0 }
    }

    /// The stream, once something was read.
    pub(super) fn arn(&self) -> &str {
        self.arn.as_deref().unwrap_or_default()
    }

    /// The next page of every shard that has one.
    pub(super) async fn read(&mut self, dynamo: &Dynamo, positions: &Positions) -> Result<Vec<(String, Vec<Value>)>, CallError> {
        // The embedded database has one shard for ever, and looking for it means to read the whole stream.
        let look = self.shards.is_empty() || (dynamo.database().is_none() && self.reads.is_multiple_of(READS_PER_LOOK));
        if look {
            self.look_for_shards(dynamo, positions).await?;
        }
        self.reads = self.reads.wrapping_add(1);
        let mut pages = Vec::new();
        for shard in &mut self.shards {
            let Some(iterator) = &shard.iterator else { continue };
            let mut answer = dynamo.call("GetRecords", &json!({ "ShardIterator": iterator, "Limit": PAGE })).await?;
            shard.iterator = answer["NextShardIterator"].as_str().map(str::to_owned);
            if let Value::Array(records) = answer["Records"].take()
                && !records.is_empty()
            {
                pages.push((shard.id.clone(), records));
            }
        }
        Ok(pages)
    }

    async fn look_for_shards(&mut self, dynamo: &Dynamo, positions: &Positions) -> Result<(), CallError> {
        if self.arn.is_none() {
            let table = dynamo.call("DescribeTable", &json!({ "TableName": self.table })).await?;
            self.arn = table["Table"]["LatestStreamArn"].as_str().map(str::to_owned);
        }
        let Some(arn) = &self.arn else { return Ok(()) };
        let stream = dynamo.call("DescribeStream", &json!({ "StreamArn": arn })).await?;
        for shard in stream["StreamDescription"]["Shards"].as_array().into_iter().flatten() {
            let id = shard["ShardId"].as_str().unwrap_or_default();
            if self.shards.iter().any(|known| known.id == id) {
                continue;
            }
            let mut request = json!({ "StreamArn": arn, "ShardId": id, "ShardIteratorType": "TRIM_HORIZON" });
            if let Some(position) = positions.of(&self.reader, id) {
                request["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER".into();
                request["SequenceNumber"] = position.into();
            }
            let answer = dynamo.call("GetShardIterator", &request).await?;
            let iterator = answer["ShardIterator"].as_str().map(str::to_owned);
            self.shards.push(Shard { id: id.to_owned(), iterator });
        }
        Ok(())
    }
}
