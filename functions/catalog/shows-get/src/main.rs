//! Serves `shows-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(shows_get::handle).await
}
