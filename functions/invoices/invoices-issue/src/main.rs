//! Serves `invoices-issue` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_queue(invoices_issue::handle).await
}
