//! Serves `accounts-sign-in` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_sign_in::handle).await
}
