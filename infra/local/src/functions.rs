//! The functions: linked into this process, or run one by one by `cargo lambda watch`.

use crate::dynamo::{Connector, Dynamo};
use crate::template::Template;
use crate::{ACCESS_KEY, REGION, SECRET_KEY};
use api::{Clock, Context, HttpHandler, Ids, Lines, Linked, MessageHandler, RecordHandler, ScheduleHandler, Settings};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// One pool of connections to the helper for all functions.
static ELSEWHERE: LazyLock<SharedHttpClient> = LazyLock::new(|| Builder::new().build_http());

/// The SDK's settings of one function: DynamoDB is in this process (or where `dynamo` is), all else at `endpoint`.
pub fn sdk_config(dynamo: &Arc<Dynamo>, function: &str, endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local cloud");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(endpoint)
        .http_client(Connector::new(dynamo.clone(), function, ELSEWHERE.clone()))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build()
}

/// A function could not be called, or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// It is in the template but not linked.
    #[error("{0} is not linked into the local cloud: add it to infra/local/src/linked.rs")]
    Unknown(String),
    /// It answered with an error.
    #[error("{0}")]
    Failed(String),
    /// `cargo lambda watch` does not answer.
    #[error("cargo lambda watch does not answer")]
    Unreachable(#[from] reqwest::Error),
}

/// All functions.
#[derive(Clone)]
pub enum Functions {
    /// In this process.
    Linked(Arc<HashMap<&'static str, Linked>>),
    /// Behind the Invoke API at this address.
    Watched {
        /// The way there.
        http: reqwest::Client,
        /// Without a slash at its end.
        url: String,
    },
}

impl Functions {
    /// These.
    pub fn linked(functions: Vec<Linked>) -> Self {
        Self::Linked(Arc::new(functions.into_iter().map(|function| (function.name, function)).collect()))
    }

    /// Those behind this Invoke API.
    pub fn watched(url: &str) -> Self {
        Self::Watched { http: reqwest::Client::new(), url: url.to_owned() }
    }

    /// Whether this function can be called.
    pub fn knows(&self, name: &str) -> bool {
        match self {
            Self::Linked(functions) => functions.contains_key(name),
            Self::Watched { .. } => true,
        }
    }

    /// Event in, answer out.
    pub async fn invoke(&self, name: &str, event: Vec<u8>) -> Result<Vec<u8>, InvokeError> {
        match self {
            Self::Linked(functions) => {
                let function = functions.get(name).ok_or_else(|| InvokeError::Unknown(name.to_owned()))?;
                function.invoke(event).await.map_err(InvokeError::Failed)
            }
            Self::Watched { http, url } => {
                let response = http.post(format!("{url}/2015-03-31/functions/{name}/invocations")).body(event).send().await?;
                let failed = !response.status().is_success() || response.headers().contains_key("x-amz-function-error");
                let body = response.bytes().await?.to_vec();
                if failed { Err(InvokeError::Failed(String::from_utf8_lossy(&body).into_owned())) } else { Ok(body) }
            }
        }
    }
}

/// A function could not be given what it needs.
#[derive(Debug, thiserror::Error)]
#[error("{function}: {cause}")]
pub struct LinkError {
    function: &'static str,
    cause: api::SettingsError,
}

/// Gives each function its own context, made from the variables that the template gives it and no others.
pub struct Linker<'a> {
    template: &'a Template,
    settings: &'a HashMap<String, String>,
    configure: Box<dyn Fn(&str) -> SdkConfig + Send + Sync + 'a>,
    clock: Clock,
    ids: Ids,
    linked: Vec<Linked>,
}

impl<'a> Linker<'a> {
    /// With every setting that any function may have.
    pub fn new(template: &'a Template, settings: &'a HashMap<String, String>, dynamo: &'a Arc<Dynamo>, endpoint: &'a str) -> Self {
        let configure = Box::new(move |function: &str| sdk_config(dynamo, function, endpoint));
        Self { template, settings, configure, clock: Clock::default(), ids: Ids::default(), linked: Vec::new() }
    }

    /// For a simulation: with these settings of every function's SDK, this time and these identifiers.
    pub fn simulated(template: &'a Template, settings: &'a HashMap<String, String>, config: &'a SdkConfig, clock: Clock, ids: Ids) -> Self {
        Self { template, settings, configure: Box::new(|_| config.clone()), clock, ids, linked: Vec::new() }
    }

    /// Links an endpoint.
    pub async fn http<C: Context, H>(&mut self, name: &'static str, handle: H) -> Result<(), LinkError>
    where
        H: for<'h> HttpHandler<'h, C> + Clone + Send + Sync + 'static,
    {
        let context = self.context(name).await?;
        self.linked.push(Linked::http(name, context, handle));
        Ok(())
    }

    /// Links a stream's reader.
    pub async fn stream<C: Context, H>(&mut self, name: &'static str, handle: H) -> Result<(), LinkError>
    where
        H: for<'h> RecordHandler<'h, C> + Clone + Send + Sync + 'static,
    {
        let context = self.context(name).await?;
        self.linked.push(Linked::stream(name, context, handle));
        Ok(())
    }

    /// Links a stream's reader that only wants to know how things are now.
    pub async fn newest<C: Context, H>(&mut self, name: &'static str, handle: H) -> Result<(), LinkError>
    where
        H: for<'h> RecordHandler<'h, C> + Clone + Send + Sync + 'static,
    {
        let context = self.context(name).await?;
        self.linked.push(Linked::newest(name, context, handle));
        Ok(())
    }

    /// Links a queue's worker.
    pub async fn queue<C: Context, M, H>(&mut self, name: &'static str, handle: H) -> Result<(), LinkError>
    where
        M: DeserializeOwned + Send + 'static,
        H: for<'h> MessageHandler<'h, C, M> + Clone + Send + Sync + 'static,
    {
        let context = self.context(name).await?;
        self.linked.push(Linked::queue::<C, M, H>(name, context, handle));
        Ok(())
    }

    /// Links a scheduled function.
    pub async fn schedule<C: Context, H>(&mut self, name: &'static str, handle: H) -> Result<(), LinkError>
    where
        H: for<'h> ScheduleHandler<'h, C> + Clone + Send + Sync + 'static,
    {
        let context = self.context(name).await?;
        self.linked.push(Linked::schedule(name, context, handle));
        Ok(())
    }

    /// All of them.
    pub fn finish(self) -> Functions {
        Functions::linked(self.linked)
    }

    /// All of them, with their journals' lines kept here.
    pub fn finish_journaled(self, lines: &Lines) -> Functions {
        Functions::linked(self.linked.into_iter().map(|function| function.journaled(lines)).collect())
    }

    async fn context<C: Context>(&self, name: &'static str) -> Result<Arc<C>, LinkError> {
        let variables = settings_of(self.template, self.settings, name);
        let settings = Settings::from_map(variables).simulated(self.clock.clone(), self.ids.clone());
        let context = C::from_env(&settings, &(self.configure)(name)).await;
        context.map(Arc::new).map_err(|cause| LinkError { function: name, cause })
    }
}

/// The variables that the template gives a function, with their local values.
fn settings_of(template: &Template, settings: &HashMap<String, String>, name: &str) -> HashMap<String, String> {
    let named = template.function(name).into_iter().flat_map(|function| &function.variables);
    let mut own: HashMap<_, _> = named.filter_map(|variable| Some((variable.clone(), settings.get(variable)?.clone()))).collect();
    own.extend(["AWS_REGION", "AWS_ENDPOINT_URL"].map(|name| (name.to_owned(), settings.get(name).cloned().unwrap_or_default())));
    // What hurries the platform up for tests has no place in the template.
    own.extend(settings.iter().filter(|(variable, _)| variable.starts_with("PAYMENT_")).map(|(name, value)| (name.clone(), value.clone())));
    own
}
