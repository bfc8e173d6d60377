//! Serves `accounts-change-password` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_change_password::handle).await
}
