//! Serves `invoices-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(invoices_list::handle).await
}
