//! `webhooks-receive-stripe`.

use super::{Stage, fixture};

#[tokio::test]
async fn a_forged_call_of_stripe_is_refused() {
    let stage = Stage::new().await;
    let answer = stage.invoke("webhooks-receive-stripe", &fixture("webhooks-receive-stripe", "unauthenticated")).await;
    assert_eq!((answer.status, answer.problem()), (401, "unauthenticated"));
}
