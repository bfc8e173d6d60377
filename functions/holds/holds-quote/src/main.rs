//! Serves `holds-quote` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(holds_quote::handle).await
}
