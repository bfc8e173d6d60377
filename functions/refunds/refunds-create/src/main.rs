//! Serves `refunds-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(refunds_create::handle).await
}
