//! Serves `bookings-confirm` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(bookings_confirm::handle).await
}
