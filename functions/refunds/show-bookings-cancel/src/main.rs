//! Serves `show-bookings-cancel` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(show_bookings_cancel::handle).await
}
