//! Serves `holds-place` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(holds_place::handle).await
}
