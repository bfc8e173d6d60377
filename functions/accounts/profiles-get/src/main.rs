//! Serves `profiles-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(profiles_get::handle).await
}
