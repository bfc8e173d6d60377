//! Serves `accounts-answer-challenge` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(accounts_answer_challenge::handle).await
}
