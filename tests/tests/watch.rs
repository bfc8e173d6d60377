//! `--functions watch`: the gateway sends events to `cargo lambda watch`, which builds and runs each function by itself.

use tests::cloud::Cloud;

/// In a binary of its own: it compiles, and nothing else should wait for that.
#[tokio::test(flavor = "multi_thread")]
async fn a_function_in_a_process_of_its_own_answers_like_a_linked_one() {
    let cloud = Cloud::start(&["--no-demo", "--functions", "watch"]).await;
    let request = reqwest::Client::new().get(format!("{}/v1/health", cloud.base)).timeout(std::time::Duration::from_mins(10));
    let answer = tests::cloud::Answer::of(request).await;
    assert_eq!(answer.expect(200)["status"], "ok");
    let status = cloud.end().await;
    assert!(status.success(), "{status}");
}
