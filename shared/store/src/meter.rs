//! What one piece of work asks of DynamoDB, as DynamoDB itself counts it. Outside of [`metered`] nothing is counted or asked for.

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use std::cell::Cell;

tokio::task_local! {
    static CONSUMED: Cell<Consumed>;
}

/// What was asked of DynamoDB. A write that its condition refused is a request whose units nobody is told.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Consumed {
    /// Requests, whatever became of them.
    pub requests: u32,
    /// How often one of them was tried again: by the SDK, or because it met others' transactions.
    pub retries: u32,
    /// Read units.
    pub read_units: f64,
    /// Write units.
    pub write_units: f64,
}

/// Does some work and counts what it consumes, in this task.
pub async fn metered<W: Future>(work: W) -> (W::Output, Consumed) {
    CONSUMED.scope(Cell::default(), async { (work.await, CONSUMED.with(Cell::get)) }).await
}

/// Whether anybody counts.
fn is_metered() -> bool {
    CONSUMED.try_with(|_| ()).is_ok()
}

fn count(change: impl FnOnce(&mut Consumed)) {
    // Where nobody counts there is nothing to change.
    let _ = CONSUMED.try_with(|consumed| {
        let mut sum = consumed.get();
        change(&mut sum);
        consumed.set(sum);
    });
}

/// Something is tried again that the SDK gave up.
pub(crate) fn count_retry() {
    count(|sum| sum.retries += 1);
}

/// To be added to a client, so that [`metered`] sees what it sends.
#[derive(Debug, Clone, Copy)]
pub struct Meter;

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_metered() {
            count(|sum| sum.requests += 1);
            ask(context.input_mut());
        }
        Ok(())
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if bag.load::<RequestAttempts>().is_some_and(|attempts| attempts.attempts() > 1) {
            count_retry();
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_metered()
            && let Ok(output) = context.output_or_error()
        {
            add(output);
        }
        Ok(())
    }
}

/// Has DynamoDB say what a request consumes.
fn ask(input: &mut Input) {
    let total = Some(ReturnConsumedCapacity::Total);
    if let Some(input) = input.downcast_mut::<GetItemInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<QueryInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<BatchGetItemInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<PutItemInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<UpdateItemInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<DeleteItemInput>() {
        input.return_consumed_capacity = total;
    } else if let Some(input) = input.downcast_mut::<TransactWriteItemsInput>() {
        input.return_consumed_capacity = total;
    }
}

/// Adds what it said.
fn add(output: &Output) {
    let read = |capacity: &ConsumedCapacity| count(|sum| sum.read_units += capacity.capacity_units().unwrap_or_default());
    let written = |capacity: &ConsumedCapacity| count(|sum| sum.write_units += capacity.capacity_units().unwrap_or_default());
    if let Some(output) = output.downcast_ref::<GetItemOutput>() {
        output.consumed_capacity().into_iter().for_each(read);
    } else if let Some(output) = output.downcast_ref::<QueryOutput>() {
        output.consumed_capacity().into_iter().for_each(read);
    } else if let Some(output) = output.downcast_ref::<BatchGetItemOutput>() {
        output.consumed_capacity().iter().for_each(read);
    } else if let Some(output) = output.downcast_ref::<PutItemOutput>() {
        output.consumed_capacity().into_iter().for_each(written);
    } else if let Some(output) = output.downcast_ref::<UpdateItemOutput>() {
        output.consumed_capacity().into_iter().for_each(written);
    } else if let Some(output) = output.downcast_ref::<DeleteItemOutput>() {
        output.consumed_capacity().into_iter().for_each(written);
    } else if let Some(output) = output.downcast_ref::<TransactWriteItemsOutput>() {
        output.consumed_capacity().iter().for_each(written);
    }
}
