//! Serves `webhooks-receive-razorpay` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(webhooks_receive_razorpay::handle).await
}
