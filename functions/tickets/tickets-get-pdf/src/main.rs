//! Serves `tickets-get-pdf` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(tickets_get_pdf::handle).await
}
