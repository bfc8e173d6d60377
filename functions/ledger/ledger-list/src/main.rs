//! Serves `ledger-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(ledger_list::handle).await
}
