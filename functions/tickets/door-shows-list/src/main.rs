//! Serves `door-shows-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(door_shows_list::handle).await
}
