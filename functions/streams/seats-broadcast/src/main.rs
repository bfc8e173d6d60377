//! Serves `seats-broadcast` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_newest(seats_broadcast::handle).await
}
