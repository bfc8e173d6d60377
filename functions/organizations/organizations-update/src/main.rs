//! Serves `organizations-update` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(organizations_update::handle).await
}
