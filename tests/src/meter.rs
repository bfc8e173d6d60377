//! Adds up `ReturnConsumedCapacity` of every request that a client sends.

use aws_sdk_dynamodb::config::interceptors::{AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use std::sync::{Arc, Mutex};

/// Units by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Units {
    /// Read units.
    pub read: f64,
    /// Write units.
    pub write: f64,
}

/// Sums units until it is read.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Units>>);

impl Meter {
    /// What was consumed since the last call.
    pub fn take(&self) -> Units {
        std::mem::take(&mut *self.0.lock().expect("no holder panics"))
    }

    fn add(&self, capacity: Option<&ConsumedCapacity>, is_write: bool) {
        let units = capacity.and_then(ConsumedCapacity::capacity_units).unwrap_or_default();
        let mut sum = self.0.lock().expect("no holder panics");
        if is_write { sum.write += units } else { sum.read += units }
    }
}

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
        let total = Some(ReturnConsumedCapacity::Total);
        let input = context.input_mut();
        if let Some(input) = input.downcast_mut::<PutItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<UpdateItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<DeleteItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<GetItemInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<QueryInput>() {
            input.return_consumed_capacity = total;
        } else if let Some(input) = input.downcast_mut::<TransactWriteItemsInput>() {
            input.return_consumed_capacity = total;
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Ok(output) = context.output_or_error() else { return Ok(()) };
        if let Some(output) = output.downcast_ref::<PutItemOutput>() {
            self.add(output.consumed_capacity(), true);
        } else if let Some(output) = output.downcast_ref::<UpdateItemOutput>() {
            self.add(output.consumed_capacity(), true);
        } else if let Some(output) = output.downcast_ref::<DeleteItemOutput>() {
            self.add(output.consumed_capacity(), true);
        } else if let Some(output) = output.downcast_ref::<GetItemOutput>() {
            self.add(output.consumed_capacity(), false);
        } else if let Some(output) = output.downcast_ref::<QueryOutput>() {
            self.add(output.consumed_capacity(), false);
        } else if let Some(output) = output.downcast_ref::<TransactWriteItemsOutput>() {
            output.consumed_capacity().iter().for_each(|capacity| self.add(Some(capacity), true));
        }
        Ok(())
    }
}
