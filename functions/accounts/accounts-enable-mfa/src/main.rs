//! Serves `accounts-enable-mfa` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_enable_mfa::handle).await
}
