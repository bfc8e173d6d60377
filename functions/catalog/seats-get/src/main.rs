//! Serves `seats-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(seats_get::handle).await
}
