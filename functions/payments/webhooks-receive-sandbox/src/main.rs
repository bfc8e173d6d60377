//! Serves `webhooks-receive-sandbox` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(webhooks_receive_sandbox::handle).await
}
