//! Many write the same items: it is tried again, and if that does not help, 503 with Retry-After and nothing half done.

use super::{Stage, fixture};
use local::dynamo::Fault;

pub(super) fn conflicts(operation: &str, times: u32) -> Vec<Fault> {
    let (operation, error) = (operation.to_owned(), "TransactionConflictException".to_owned());
    vec![Fault::Refuse { operation, error, times, function: Some("holds-place".to_owned()) }]
}

#[tokio::test]
async fn a_few_conflicts_are_waited_out() {
    let stage = Stage::new().await;
    stage.dynamo.faults.arm(conflicts("UpdateItem", 3));
    let placed = stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    assert_eq!(placed.status, 201, "{}", placed.body);
}

#[tokio::test]
async fn endless_conflicts_end_in_503_and_the_intent_expires_by_itself() {
    let stage = Stage::new().await;
    stage.dynamo.faults.arm(conflicts("PutItem", 1_000));
    let refused = stage.invoke("holds-place", &fixture("holds-place", "placed")).await;
    assert_eq!((refused.status, refused.problem()), (503, "contended"), "{}", refused.body);
    assert_eq!(refused.raw["headers"]["retry-after"], "1");
    assert_eq!(stage.world.row("A", stage.now).await, "AAAAAAAAAA");
}
