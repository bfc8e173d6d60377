use super::*;
use crate::functions::sdk_config;
use crate::template::Template;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValuesOnConditionCheckFailure as Return, TransactWriteItem};
use std::sync::Arc;

const TABLE: &str = "frontrow-local-inventory";

async fn database() -> (Arc<Dynamo>, Client) {
    let template = Template::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml")).expect("our template");
    let dynamo = Arc::new(Dynamo::memory().expect("there is memory"));
    dynamo.create_tables(&template).await.expect("tables are made");
    dynamo.create_tables(&template).await.expect("making them again changes nothing");
    let client = Client::new(&sdk_config(&dynamo, "test", "http://127.0.0.1:9"));
    (dynamo, client)
}

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

async fn put(client: &Client, pk: &str) {
    client.put_item().table_name(TABLE).item("pk", s(pk)).item("sk", s("A")).item("who", s("me")).send().await.expect("it is written");
}

#[tokio::test]
async fn a_refused_condition_brings_the_item() {
    let (_, client) = database().await;
    put(&client, "x").await;
    let again = client
        .put_item()
        .table_name(TABLE)
        .item("pk", s("x"))
        .item("sk", s("A"))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(Return::AllOld);
    let error = again.send().await.expect_err("it is there already").into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(refused) = error else { panic!("{error:?}") };
    assert_eq!(refused.item().expect("it comes along")["who"], s("me"));
}

#[tokio::test]
async fn a_cancelled_transaction_brings_its_reasons() {
    let (_, client) = database().await;
    put(&client, "x").await;
    let write = |pk: &str| {
        let put = Put::builder()
            .table_name(TABLE)
            .item("pk", s(pk))
            .item("sk", s("A"))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(Return::AllOld);
        TransactWriteItem::builder().put(put.build().expect("it is whole")).build()
    };
    let request = client.transact_write_items().transact_items(write("y")).transact_items(write("x"));
    let error = request.send().await.expect_err("x is there already").into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(cancelled) = error else {
        panic!("{error:?}")
    };
    let codes: Vec<_> = cancelled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or_default()).collect();
    assert_eq!(codes, ["None", "ConditionalCheckFailed"]);
    assert_eq!(cancelled.cancellation_reasons()[1].item().expect("it comes along")["who"], s("me"));
}

#[tokio::test]
async fn the_meter_counts_units_by_function_and_table() {
    let (dynamo, client) = database().await;
    put(&client, "unmetered").await;
    dynamo.meter.start();
    put(&client, "x").await;
    client.get_item().table_name(TABLE).key("pk", s("x")).key("sk", s("A")).consistent_read(true).send().await.expect("it is read");
    let used = dynamo.meter.stop();
    put(&client, "unmetered too").await;
    let key = |operation: &str| Use { function: "test".to_owned(), operation: operation.to_owned(), table: TABLE.to_owned() };
    assert_eq!(used[&key("PutItem")], Used { requests: 1, read_units: 0.0, write_units: 1.0 });
    assert_eq!(used[&key("GetItem")], Used { requests: 1, read_units: 1.0, write_units: 0.0 });
    assert_eq!(dynamo.meter.total().requests, 2);
}

#[tokio::test]
async fn armed_refusals_come_as_often_as_said() {
    let (dynamo, client) = database().await;
    let fault: Fault = serde_json::from_str(
        r#"{"kind":"refuse","operation":"DeleteItem","error":"TransactionConflictException","times":1,"function":"test"}"#,
    )
    .expect("it is spelled so");
    dynamo.faults.arm(vec![fault]);
    put(&client, "x").await;
    let delete = || client.delete_item().table_name(TABLE).key("pk", s("x")).key("sk", s("A")).send();
    let error = delete().await.expect_err("it is armed").into_service_error();
    assert_eq!(error.code(), Some("TransactionConflictException"));
    delete().await.expect("once only");
}

#[tokio::test]
async fn faults_of_another_function_leave_this_one_alone() {
    let (dynamo, client) = database().await;
    dynamo.faults.arm(vec![Fault::KillBefore { writes: 1, function: Some("holds-place".to_owned()) }]);
    put(&client, "x").await;
}

#[tokio::test]
async fn a_bad_request_is_a_validation_error() {
    let (_, client) = database().await;
    let error = client.get_item().table_name(TABLE).key("pk", s("x")).send().await.expect_err("a key is missing").into_service_error();
    assert_eq!(error.code(), Some("ValidationException"));
    let error = client.get_item().table_name("no-such-table").key("pk", s("x")).send().await.expect_err("no table").into_service_error();
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
}
