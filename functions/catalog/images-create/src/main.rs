//! Serves `images-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(images_create::handle).await
}
