//! Functions that run one by one under `cargo lambda watch`, built as on Lambda: a process each, settings from its environment.

use serde_json::{Value, json};
use std::time::Duration;
use tests::cloud::{Answer, Cloud};
use tests::stage::fixture;

/// A function is linked when it is first called, while other tests keep the machine busy.
const BUILT_WITHIN: Duration = Duration::from_mins(5);

async fn patient(request: reqwest::RequestBuilder) -> Answer {
    Answer::of(request.timeout(BUILT_WITHIN)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn with_functions_watched_each_is_a_process_that_answers_and_reaches_the_database() {
    // One schedule runs at the start and then not again: every function that is called has to be linked.
    let cloud = Cloud::start(&["--no-demo", "--functions", "watch", "--reconcile-seconds", "3600"]).await;
    let health = patient(cloud.http.get(format!("{}/v1/health", cloud.base))).await;
    assert_eq!(health.expect(200)["status"], "ok");
    let venues = patient(cloud.http.get(format!("{}/v1/venues", cloud.base))).await;
    assert_eq!(venues.expect(200), json!({"items": []}), "its table is that of the local cloud");

    let info = cloud.send("GET", "/_local/info", None).await.expect(200);
    let invoke = format!("{}/2015-03-31/functions/health-get/invocations", info["invoke"].as_str().expect("an address"));
    let direct = patient(cloud.http.post(&invoke).body(fixture("health-get", "ok").to_string())).await.expect(200);
    let body: Value = serde_json::from_str(direct["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!((&direct["statusCode"], &body["status"]), (&json!(200), &json!("ok")));

    let http = cloud.http.clone();
    let status = cloud.end().await;
    assert!(status.success(), "{status}");
    assert!(http.post(&invoke).body("{}").send().await.is_err(), "the watcher is gone with the cloud");
}
