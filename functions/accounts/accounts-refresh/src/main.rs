//! Serves `accounts-refresh` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_refresh::handle).await
}
