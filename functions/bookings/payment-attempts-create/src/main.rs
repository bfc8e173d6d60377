//! Serves `payment-attempts-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(payment_attempts_create::handle).await
}
