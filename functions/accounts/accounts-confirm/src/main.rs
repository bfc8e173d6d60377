//! Serves `accounts-confirm` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_confirm::handle).await
}
