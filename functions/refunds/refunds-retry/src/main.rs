//! Serves `refunds-retry` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(refunds_retry::handle).await
}
