//! Serves `ledger-export` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(ledger_export::handle).await
}
