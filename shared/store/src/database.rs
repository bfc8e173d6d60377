//! What a request to DynamoDB can come to: done, refused by its condition, contended, or failed.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::builders::{PutBuilder, UpdateBuilder};
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use std::collections::HashMap;
use std::time::Duration;

/// An item as DynamoDB has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// How often a write that met another's transaction is tried again.
pub(crate) const CONFLICT_RETRIES_MAX: u32 = 6;
/// The first pause before it; each further one is twice as long.
const CONFLICT_PAUSE: Duration = Duration::from_millis(5);

/// The database could not do it, whatever was asked.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Others write the same items all the time, or the table is throttled. Worth another try a little later.
    #[error("{operation} met too many others")]
    Contended {
        /// What was tried.
        operation: &'static str,
    },
    /// Anything else that went wrong on the way.
    #[error("{operation} failed")]
    Failed {
        /// What was tried.
        operation: &'static str,
        /// What the SDK says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An item does not have the shape that this version writes.
    #[error("an item cannot be read: {0}")]
    Unreadable(String),
}

impl DatabaseError {
    pub(crate) fn of<E, R>(operation: &'static str, error: SdkError<E, R>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        if is_conflict(&error) || is_throttled(&error) {
            Self::Contended { operation }
        } else {
            Self::Failed { operation, source: Box::new(error) }
        }
    }

    pub(crate) fn unreadable(error: impl std::fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }
}

fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> Option<&str> {
    error.as_service_error().and_then(ProvideErrorMetadata::code)
}

pub(crate) fn is_conflict<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    matches!(code(error), Some("TransactionConflictException" | "TransactionInProgressException"))
}

fn is_throttled<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    matches!(code(error), Some("ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded"))
}

/// Waits before the `attempt`-th further try, by the clock that the client's own repetitions go by.
pub(crate) async fn pause(client: &Client, attempt: u32) {
    crate::meter::count_retry();
    if let Some(clock) = client.config().sleep_impl() {
        clock.sleep(CONFLICT_PAUSE * 2u32.saturating_pow(attempt)).await;
    }
}

/// What a conditional write came to.
#[derive(Debug)]
pub(crate) enum Write {
    /// Written; the attributes that were asked for.
    Done(Option<Item>),
    /// The condition did not hold; the item as it is, if there is one and it was asked for.
    Refused(Option<Item>),
}

/// Sends a put, update or delete; tries again while it meets others' transactions.
macro_rules! send_write {
    ($client:expr, $operation:literal, $error:path, $request:expr) => {{
        use $error as Refusal;
        let request = $request;
        let mut attempt = 0;
        loop {
            match request.clone().send().await {
                Ok(output) => break Ok($crate::database::Write::Done(output.attributes)),
                Err(error) if $crate::database::is_conflict(&error) && attempt < $crate::database::CONFLICT_RETRIES_MAX => {
                    $crate::database::pause(&$client, attempt).await;
                    attempt += 1;
                }
                Err(error) => match error.as_service_error() {
                    Some(Refusal::ConditionalCheckFailedException(refused)) => {
                        break Ok($crate::database::Write::Refused(refused.item.clone()));
                    }
                    _ => break Err($crate::database::DatabaseError::of($operation, error)),
                },
            }
        }
    }};
}
pub(crate) use send_write;

/// What a transaction came to.
#[derive(Debug)]
pub(crate) enum Transaction {
    /// All of it is written.
    Done,
    /// Nothing is; for each write, whether its own condition refused.
    Refused(Vec<bool>),
}

/// Writes all or nothing; tries again while it meets others' transactions.
pub(crate) async fn transact(
    client: &Client,
    operation: &'static str,
    writes: Vec<TransactWriteItem>,
) -> Result<Transaction, DatabaseError> {
    use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError as Refusal;
    let request = client.transact_write_items().set_transact_items(Some(writes));
    let mut attempt = 0;
    loop {
        let Err(error) = request.clone().send().await else { return Ok(Transaction::Done) };
        let codes: Vec<String> = match error.as_service_error() {
            Some(Refusal::TransactionCanceledException(cancelled)) => {
                cancelled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or_default().to_owned()).collect()
            }
            _ => vec![],
        };
        if codes.iter().any(|code| code == "ConditionalCheckFailed") {
            return Ok(Transaction::Refused(codes.iter().map(|code| code == "ConditionalCheckFailed").collect()));
        }
        let contended = is_conflict(&error) || codes.iter().any(|code| code == "TransactionConflict" || code == "ThrottlingError");
        if !contended {
            return Err(DatabaseError::of(operation, error));
        }
        if attempt == CONFLICT_RETRIES_MAX {
            return Err(DatabaseError::Contended { operation });
        }
        pause(client, attempt).await;
        attempt += 1;
    }
}

/// An update as a part of a transaction.
pub(crate) fn update_write(builder: UpdateBuilder) -> Result<TransactWriteItem, DatabaseError> {
    let update = builder.build().map_err(DatabaseError::unreadable)?;
    Ok(TransactWriteItem::builder().update(update).build())
}

/// A put as a part of a transaction.
pub(crate) fn put_write(builder: PutBuilder) -> Result<TransactWriteItem, DatabaseError> {
    let put = builder.build().map_err(DatabaseError::unreadable)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// A string attribute.
pub(crate) fn s(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(crate) fn n(value: impl std::fmt::Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}
