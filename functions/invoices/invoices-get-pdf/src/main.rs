//! Serves `invoices-get-pdf` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(invoices_get_pdf::handle).await
}
