//! Serves `outbox-dispatch` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_stream(outbox_dispatch::handle).await
}
