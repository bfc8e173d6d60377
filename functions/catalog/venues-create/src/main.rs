//! Serves `venues-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(venues_create::handle).await
}
