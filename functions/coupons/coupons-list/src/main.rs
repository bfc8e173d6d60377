//! Serves `coupons-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(coupons_list::handle).await
}
