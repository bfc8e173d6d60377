//! Serves `accounts-forgot-password` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_forgot_password::handle).await
}
