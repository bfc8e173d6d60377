//! Serves `call-offs-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(call_offs_get::handle).await
}
