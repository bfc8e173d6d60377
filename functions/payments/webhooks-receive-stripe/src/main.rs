//! Serves `webhooks-receive-stripe` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(webhooks_receive_stripe::handle).await
}
