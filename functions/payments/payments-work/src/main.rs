//! Serves `payments-work` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_queue(payments_work::handle).await
}
