//! Serves `accounts-resend-code` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_resend_code::handle).await
}
