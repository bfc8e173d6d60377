//! Serves `ledger-check` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_schedule(ledger_check::handle).await
}
