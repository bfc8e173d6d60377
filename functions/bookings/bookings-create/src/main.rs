//! Serves `bookings-create` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(bookings_create::handle).await
}
