//! Serves `tickets-issue` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_queue(tickets_issue::handle).await
}
