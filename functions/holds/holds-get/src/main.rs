//! Serves `holds-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(holds_get::handle).await
}
