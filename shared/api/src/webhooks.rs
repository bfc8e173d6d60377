//! What every provider's web hook does: verify the bytes, write down, leave the rest to a worker, answer.

use crate::problem::Problem;
use crate::reply::Reply;
use crate::request::Request;
use crate::till::Till;
use domain::payment::Provider;
use payments::Woken;
use queues::PaymentMessage;

impl Till {
    /// Takes a provider's call. Nobody is asked and nothing is decided here: providers want their answer within seconds.
    pub async fn take_webhook(&self, provider: Provider, request: &Request) -> Result<Reply, Problem> {
        let caller = self.settler.providers.get(provider).ok_or_else(Problem::not_found)?;
        let event = caller.verify_webhook(&|name| request.header(name), request.bytes()?, self.app.clock.now()).inspect_err(|error| {
            tracing::warn!(metric = "webhooks_refused", provider = ?provider, cause = %error, "a web hook was refused");
        })?;

        match self.settler.take_event(provider, &event, self.app.clock.now()).await? {
            Some(Woken::Payment(payment)) => self.queues.send_payment(&PaymentMessage::PaymentReported { payment }, 0).await?,
            Some(Woken::Dispute(payment, dispute)) => {
                self.queues.send_payment(&PaymentMessage::DisputeReported { payment, dispute }, 0).await?;
            }
            None => {}
        }

        Ok(Reply::ok(&wire::Taken { taken: true }))
    }
}
