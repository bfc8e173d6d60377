//! Serves `holds-expire` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_stream(holds_expire::handle).await
}
