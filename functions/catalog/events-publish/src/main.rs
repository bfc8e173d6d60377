//! Serves `events-publish` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(events_publish::handle).await
}
