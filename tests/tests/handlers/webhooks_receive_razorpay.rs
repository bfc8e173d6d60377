//! `webhooks-receive-razorpay`.

use super::{Stage, fixture};

#[tokio::test]
async fn a_forged_call_of_razorpay_is_refused() {
    let stage = Stage::new().await;
    let answer = stage.invoke("webhooks-receive-razorpay", &fixture("webhooks-receive-razorpay", "unauthenticated")).await;
    assert_eq!((answer.status, answer.problem()), (401, "unauthenticated"));
}
