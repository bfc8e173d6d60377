//! Serves `refunds-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(refunds_list::handle).await
}
