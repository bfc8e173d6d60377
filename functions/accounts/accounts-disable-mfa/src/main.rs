//! Serves `accounts-disable-mfa` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_disable_mfa::handle).await
}
