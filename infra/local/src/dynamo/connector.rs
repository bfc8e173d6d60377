//! The SDK's way to the database: an HTTP client that answers DynamoDB's requests itself and passes all others on.

use super::backend::{Backend, Dynamo, Embedded};
use super::dispatch::{Answer, dispatch};
use super::faults::{self, Plan};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

const TARGET_PREFIX: &str = "DynamoDB_20120810.";

/// The HTTP client of one function's SDK clients.
#[derive(Debug, Clone)]
pub struct Connector {
    dynamo: Arc<Dynamo>,
    function: Arc<str>,
    elsewhere: SharedHttpClient,
}

impl Connector {
    /// For `function`; requests of other services go out through `elsewhere`.
    pub fn new(dynamo: Arc<Dynamo>, function: &str, elsewhere: SharedHttpClient) -> Self {
        Self { dynamo, function: function.into(), elsewhere }
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let elsewhere = self.elsewhere.http_connector(settings, components);
        SharedHttpConnector::new(Connection { dynamo: self.dynamo.clone(), function: self.function.clone(), elsewhere })
    }
}

#[derive(Debug, Clone)]
struct Connection {
    dynamo: Arc<Dynamo>,
    function: Arc<str>,
    elsewhere: SharedHttpConnector,
}

impl HttpConnector for Connection {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let operation = request.headers().get("x-amz-target").and_then(|target| target.strip_prefix(TARGET_PREFIX));
        let Some(operation) = operation.map(str::to_owned) else { return self.elsewhere.call(request) };
        let connection = self.clone();
        HttpConnectorFuture::new(async move {
            let plan = connection.dynamo.faults.plan(&connection.function, &operation);
            match &plan {
                Plan::DieBefore => faults::die(),
                Plan::Refuse(error) => return Ok(response(faults::refusal(error))),
                Plan::Proceed | Plan::DieAfter | Plan::LoseReply => {}
            }
            let answer = connection.ask(&operation, request).await?;
            match plan {
                Plan::DieAfter => faults::die(),
                Plan::LoseReply => Err(ConnectorError::io("the answer was lost, as armed".into())),
                Plan::Proceed | Plan::DieBefore | Plan::Refuse(_) => Ok(answer),
            }
        })
    }
}

impl Connection {
    async fn ask(&self, operation: &str, mut request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let asked = self.dynamo.meter.ask(request.body().bytes().unwrap_or_default());
        let metered = asked.is_some();
        if let Some(body) = asked {
            request.headers_mut().insert("content-length", body.len().to_string());
            *request.body_mut() = SdkBody::from(body);
        }
        let answer = match &self.dynamo.backend {
            Backend::Embedded(Embedded(database)) => {
                let body = request.body().bytes().unwrap_or_default();
                if let (true, Some(expiries)) = (faults::writes_something(operation), self.dynamo.expiries.get()) {
                    expiries.note(body);
                }
                response(dispatch(database, operation, body))
            }
            Backend::Remote { url, .. } => {
                // The signature still covers the endpoint that the SDK was told: nothing that runs locally checks it.
                request.uri_mut().set_endpoint(url).map_err(|error| ConnectorError::user(error.into()))?;
                self.elsewhere.call(request).await?
            }
        };
        if !metered {
            return Ok(answer);
        }
        let (status, mut answer) = (answer.status(), answer);
        let bytes = collect(answer.take_body()).await?;
        self.dynamo.meter.note(&self.function, operation, &bytes);
        Ok(HttpResponse::new(status, SdkBody::from(bytes)))
    }
}

async fn collect(body: SdkBody) -> Result<Vec<u8>, ConnectorError> {
    use http_body_util::BodyExt;
    let collected = body.collect().await.map_err(ConnectorError::io)?;
    Ok(collected.to_bytes().to_vec())
}

fn response(answer: Answer) -> HttpResponse {
    let status = answer.status.try_into().expect("the database answers with real status codes");
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}
