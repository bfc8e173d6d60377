//! Serves `events-close` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_queue(events_close::handle).await
}
