//! Serves `accounts-reset-password` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_reset_password::handle).await
}
