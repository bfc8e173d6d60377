//! Serves `profiles-update` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(profiles_update::handle).await
}
