//! Serves `accounts-set-up-mfa` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_set_up_mfa::handle).await
}
