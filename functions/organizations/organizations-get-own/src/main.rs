//! Serves `organizations-get-own` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(organizations_get_own::handle).await
}
