//! Serves `sandbox-payments-act` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(sandbox_payments_act::handle).await
}
