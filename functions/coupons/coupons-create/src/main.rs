//! Serves `coupons-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(coupons_create::handle).await
}
