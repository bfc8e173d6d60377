//! Serves `events-update` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(events_update::handle).await
}
