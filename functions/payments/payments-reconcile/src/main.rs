//! Serves `payments-reconcile` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_schedule(payments_reconcile::handle).await
}
