//! Serves `audit-record` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_stream(audit_record::handle).await
}
