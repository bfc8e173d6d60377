//! Serves `door-tickets-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(door_tickets_list::handle).await
}
