//! Serves `ticket-keys-list` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(ticket_keys_list::handle).await
}
