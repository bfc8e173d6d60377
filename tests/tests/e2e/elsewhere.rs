//! The same platform on a database that is somewhere else, reached over DynamoDB's own protocol.

use serde_json::json;
use tests::cloud::Cloud;
use tests::emulator;

#[tokio::test(flavor = "multi_thread")]
async fn with_dynamodb_elsewhere_a_seat_is_sold_and_streams_are_read_over_the_protocol() {
    let cloud = Cloud::start(&["--no-demo", "--buyers", "1", "--dynamodb", emulator::address()]).await;
    let show = cloud.small_show(json!({})).await;
    let buyer = cloud.demo("buyer1").await;
    buyer.hold(&show, &["S-A-1"]).await.expect(201);
    let booking = buyer.book(&show).await;
    let proof = buyer.pay(&booking, "never").await;
    buyer.confirm(&booking, &proof).await.expect(200);
    // Capturing is the worker's, whose message the stream's reader writes.
    buyer.payment_becomes(&booking, "CAPTURED").await;
    assert!(cloud.row(&show, "A").await.starts_with("BA"));
    let status = cloud.end().await;
    assert!(status.success(), "{status}");
}
