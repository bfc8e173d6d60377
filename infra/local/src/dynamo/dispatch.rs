//! From DynamoDB's wire protocol to the embedded database's methods, without a socket between.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Status and JSON body, as DynamoDB would answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

macro_rules! operations {
    ($database:expr, $operation:expr, $body:expr; $($name:literal => $method:ident),* $(,)?) => {
        match $operation {
            $($name => run($body, |request| $database.$method(request)),)*
            _ => Answer { status: 400, body: br#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#.to_vec() },
        }
    };
}

/// Runs one request to its end on the calling thread: the database is a lock and a few microseconds of work.
pub(super) fn dispatch(database: &Database, operation: &str, body: &[u8]) -> Answer {
    operations!(database, operation, body;
        "GetItem" => get_item,
        "PutItem" => put_item,
        "UpdateItem" => update_item,
        "DeleteItem" => delete_item,
        "Query" => query,
        "Scan" => scan,
        "SearchVectors" => search_vectors,
        "BatchGetItem" => batch_get_item,
        "BatchWriteItem" => batch_write_item,
        "TransactGetItems" => transact_get_items,
        "TransactWriteItems" => transact_write_items,
        "CreateTable" => create_table,
        "UpdateTable" => update_table,
        "DeleteTable" => delete_table,
        "DescribeTable" => describe_table,
        "ListTables" => list_tables,
        "UpdateTimeToLive" => update_time_to_live,
        "DescribeTimeToLive" => describe_time_to_live,
        "ListStreams" => list_streams,
        "DescribeStream" => describe_stream,
        "GetShardIterator" => get_shard_iterator,
        "GetRecords" => get_records,
    )
}

fn run<Q: DeserializeOwned, A: Serialize>(body: &[u8], call: impl FnOnce(Q) -> dynoxide::Result<A>) -> Answer {
    let answer = match serde_json::from_slice(body) {
        Ok(request) => call(request),
        Err(error) => Err(refusal(&error.to_string())),
    };
    match answer {
        Ok(answer) => Answer { status: 200, body: serde_json::to_vec(&answer).expect("answers are JSON") },
        Err(error) => Answer { status: error.status_code(), body: error.to_json().into_bytes() },
    }
}

/// The database marks what its parsers refuse on purpose; the rest is a body that DynamoDB could not read either.
fn refusal(message: &str) -> DynoxideError {
    let bare = message.split(" at line ").next().unwrap_or(message);
    match bare.split_once(':') {
        Some((marker, text)) if marker.starts_with("VALIDATION") => DynoxideError::ValidationException(text.to_owned()),
        Some((marker, text)) if marker.starts_with("SERIALIZATION") => DynoxideError::SerializationException(text.to_owned()),
        _ => DynoxideError::SerializationException(bare.to_owned()),
    }
}
