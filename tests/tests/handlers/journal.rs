//! The journal: one line about each call, with everything that an operator asks and nothing that a thief would like.

use super::contended::conflicts;
use super::{Stage, fixture};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tests::template::{functions, root};

const TOKEN: &str = "Bearer eyJhbGciOiJub25lIn0.secret.token";
const COOKIE: &str = "frontrow_refresh=a-refresh-token";
const TRACE: &str = "Root=1-67891233-abcdef012345678912345678";

/// What a line may have besides its route and its names.
const MEMBERS: [&str; 8] = ["_aws", "stage", "requests", "errors", "contended", "duration", "status", "database"];

/// Every fixture of every endpoint, as a request with a name of its own and with credentials.
fn requests() -> Vec<(String, String, Value)> {
    let mut requests = Vec::new();
    for (function, _) in functions().into_iter().filter(|(_, function)| function.route.is_some()) {
        for entry in std::fs::read_dir(root().join("events").join(&function)).unwrap() {
            let outcome = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
            let mut event = fixture(&function, &outcome);
            let name = format!("{function}/{outcome}");
            event["requestContext"]["requestId"] = json!(name);
            event["headers"]["authorization"] = json!(TOKEN);
            event["headers"]["x-amzn-trace-id"] = json!(TRACE);
            event["cookies"] = json!([COOKIE]);
            requests.push((function.clone(), name, event));
        }
    }
    requests
}

/// Every text in a value that is long enough not to be in a line by accident.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => texts(&inner, found),
            _ if text.len() >= 5 => found.push(text.clone()),
            _ => {}
        },
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A line, checked for what CloudWatch asks of it: each metric a number beside it, each dimension a text.
fn checked(line: &str) -> Value {
    assert!(!line.contains('\n'), "{line}");
    let line: Value = serde_json::from_str(line).unwrap();
    assert!(line["_aws"]["Timestamp"].is_i64(), "{line}");
    for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
        assert_eq!(directive["Namespace"], "Frontrow");
        for metric in directive["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number(), "{metric} of {line}");
        }
        for dimension in directive["Dimensions"][0].as_array().unwrap() {
            assert!(line[dimension.as_str().unwrap()].as_str().is_some_and(|value| !value.is_empty()), "{dimension} of {line}");
        }
    }
    line
}

/// By what dimensions a line's metrics are counted.
fn dimensions(line: &Value) -> Vec<Value> {
    line["_aws"]["CloudWatchMetrics"].as_array().unwrap().iter().map(|directive| directive["Dimensions"].clone()).collect()
}

fn only_line(stage: &Stage) -> Value {
    let lines = stage.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    checked(&lines[0])
}

#[tokio::test]
async fn every_request_leaves_one_line_and_nothing_of_what_it_said_is_in_it() {
    let stage = Stage::new().await;
    let requests = requests();
    let answers = join_all(requests.iter().map(|(function, _, event)| stage.invoke(function, event))).await;
    let lines: Vec<Value> = stage.lines().iter().map(|line| checked(line)).collect();
    assert_eq!(lines.len(), requests.len());

    for ((function, name, event), answer) in requests.iter().zip(answers) {
        let line = lines.iter().find(|line| line["requestId"] == name.as_str()).unwrap_or_else(|| panic!("no line about {name}"));
        assert_eq!(line["function"], function.as_str());
        assert_eq!(line["route"], event["routeKey"], "{name}");
        assert_eq!(line["status"], answer.status, "{name}");
        assert_eq!(line["problem"].as_str().unwrap_or_default(), answer.problem(), "{name}");
        assert_eq!(line["traceId"], TRACE, "{name}");

        let mut said = vec![TOKEN.to_owned(), TOKEN["Bearer ".len()..].to_owned(), COOKIE.to_owned(), "a-refresh-token".to_owned()];
        for part in ["body", "pathParameters", "queryStringParameters", "rawQueryString", "rawPath"] {
            texts(&event[part], &mut said);
        }
        texts(&event["requestContext"]["authorizer"], &mut said);
        texts(&event["requestContext"]["http"]["sourceIp"], &mut said);
        // What the line says besides: that these five are what they must be was seen above.
        let mut rest = line.clone();
        for member in ["route", "function", "requestId", "traceId", "problem"] {
            rest.as_object_mut().unwrap().remove(member);
        }
        assert!(rest.as_object().unwrap().keys().all(|member| MEMBERS.contains(&member.as_str())), "{name}: {rest}");
        let mut words = Vec::new();
        texts(&rest, &mut words);
        for said in said {
            assert!(words.iter().all(|word| !word.contains(&said)), "{name}: {said} in {rest}");
        }
    }
}

#[tokio::test]
async fn a_line_counts_what_the_request_consumed() {
    let stage = Stage::new().await;
    assert_eq!(stage.invoke("holds-place", &fixture("holds-place", "placed")).await.status, 201);
    let line = only_line(&stage);
    assert_eq!((&line["requests"], &line["errors"], &line["contended"]), (&json!(1), &json!(0), &json!(0)), "{line}");
    assert_eq!((&line["database"]["writeUnits"], &line["database"]["retries"]), (&json!(2.0), &json!(0)), "{line}");
    assert!(line["database"]["readUnits"].as_f64().unwrap() >= 2.0 && line["database"]["requests"].as_u64().unwrap() >= 4, "{line}");
    assert!(line["duration"].as_f64().unwrap() > 0.0);
    assert_eq!(dimensions(&line), [json!([["stage"]])], "what goes well is not counted for each function");
}

#[tokio::test]
async fn who_gave_up_among_too_many_others_is_counted_as_such_and_not_as_an_error() {
    let stage = Stage::new().await;
    stage.dynamo.faults.arm(conflicts("PutItem", 1_000));
    assert_eq!(stage.invoke("holds-place", &fixture("holds-place", "placed")).await.status, 503);
    let line = only_line(&stage);
    assert_eq!((&line["errors"], &line["contended"], &line["problem"]), (&json!(0), &json!(1), &json!("contended")), "{line}");
    assert!(line["database"]["retries"].as_u64().unwrap() >= 6, "{line}");
    assert_eq!(dimensions(&line), [json!([["stage"]]), json!([["stage", "function"]])]);
}

#[tokio::test]
async fn a_fault_of_ours_is_an_error_of_its_function() {
    let stage = Stage::new().await;
    let failed = stage.invoke("accounts-sign-in", &fixture("accounts-sign-in", "signed-in")).await;
    assert_eq!(failed.status, 500, "the user pool is nowhere");
    let line = only_line(&stage);
    assert_eq!((&line["errors"], &line["contended"], &line["problem"]), (&json!(1), &json!(0), &json!("internal")), "{line}");
    assert_eq!(dimensions(&line), [json!([["stage"]]), json!([["stage", "function"]])]);
    assert!(line.get("database").is_none(), "nobody asked it: {line}");
}

#[tokio::test]
async fn records_and_messages_that_come_back_are_counted() {
    let stage = Stage::new().await;
    // The queue is nowhere: the record comes back.
    stage.send("outbox-dispatch", &fixture("outbox-dispatch", "confirmed")).await.unwrap();
    let line = only_line(&stage);
    assert_eq!((&line["records"], &line["failures"], &line["function"]), (&json!(1), &json!(1), &json!("outbox-dispatch")), "{line}");
    assert_eq!(dimensions(&line), [json!([["stage"]]), json!([["stage", "function"]])]);

    let mut event = fixture("payments-work", "booking-moved");
    let mut garbage = event["Records"][0].clone();
    garbage["messageId"] = json!("2");
    garbage["body"] = json!("an unreadable secret");
    event["Records"].as_array_mut().unwrap().push(garbage);
    stage.send("payments-work", &event).await.unwrap();
    let line = only_line(&stage);
    assert_eq!((&line["records"], &line["failures"]), (&json!(2), &json!(1)), "{line}");
    assert!(!line.to_string().contains("unreadable"), "{line}");
}

#[tokio::test]
async fn the_reconciler_says_how_long_a_payment_waits() {
    let stage = Stage::new().await;
    stage.send("payments-reconcile", &fixture("payments-reconcile", "minute")).await.unwrap();
    let line = only_line(&stage);
    assert_eq!((&line["records"], &line["failures"], &line["paymentsOverdue"]), (&json!(1), &json!(0), &json!(0.0)), "{line}");

    let buyer = Stage::caller().user;
    stage.world.place(&buyer, &["S-A-1"], stage.now).await.unwrap();
    let an_hour_ago = stage.now - jiff::SignedDuration::from_hours(1);
    let booking = stage.world.book(&buyer, stage.now).await;
    stage.store.set_payment_due(&booking.payment, Some(an_hour_ago)).await.unwrap();
    stage.send("payments-reconcile", &fixture("payments-reconcile", "minute")).await.unwrap_err();
    let line = only_line(&stage);
    assert_eq!(line["failures"], 1, "the sandbox knows of no such payment: {line}");
    assert!((3_600.0..3_660.0).contains(&line["paymentsOverdue"].as_f64().unwrap()), "{line}");
    let metrics = line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array().unwrap();
    assert!(metrics.contains(&json!({"Name": "paymentsOverdue", "Unit": "Seconds"})), "{line}");
}

#[tokio::test]
async fn a_trace_that_is_none_is_not_written_down() {
    let stage = Stage::new().await;
    for strange in ["Root=1 stella@example.org", "\u{201c}quoted\u{201d}", "x\"}", &"1".repeat(201)] {
        let mut event = fixture("health-get", "ok");
        event["headers"]["x-amzn-trace-id"] = json!(strange);
        stage.invoke("health-get", &event).await;
        assert!(only_line(&stage).get("traceId").is_none(), "{strange}");
    }
}
