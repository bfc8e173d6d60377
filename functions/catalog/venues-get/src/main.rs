//! Serves `venues-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(venues_get::handle).await
}
