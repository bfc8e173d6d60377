//! Serves `accounts-sign-out` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_sign_out::handle).await
}
