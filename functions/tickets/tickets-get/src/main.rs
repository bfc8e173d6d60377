//! Serves `tickets-get` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(tickets_get::handle).await
}
