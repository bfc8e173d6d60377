//! Serves `check-ins-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(check_ins_create::handle).await
}
