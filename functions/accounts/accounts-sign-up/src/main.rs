//! Serves `accounts-sign-up` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_sign_up::handle).await
}
