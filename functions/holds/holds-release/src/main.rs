//! Serves `holds-release` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(holds_release::handle).await
}
