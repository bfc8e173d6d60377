//! Serves `check-ins-create-batch` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(check_ins_create_batch::handle).await
}
