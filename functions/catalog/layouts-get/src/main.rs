//! Serves `layouts-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(layouts_get::handle).await
}
