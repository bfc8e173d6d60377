//! Serves `openapi-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(openapi_get::handle).await
}
