//! Serves `payments-compare` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_schedule(payments_compare::handle).await
}
