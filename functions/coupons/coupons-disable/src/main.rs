//! Serves `coupons-disable` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(coupons_disable::handle).await
}
