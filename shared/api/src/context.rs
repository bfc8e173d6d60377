//! What functions are given: settings, clock, identifiers and the store.

use domain::id::ID_ENTROPY_BYTES;
use domain::idempotency::{drawn_entropy, hex};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use store::{Meter, Store, Tables};

/// What surrounds a function: its environment, read once at its start, the time, and where its identifiers come from.
#[derive(Debug, Clone)]
pub struct Settings {
    variables: Arc<HashMap<String, String>>,
    clock: Clock,
    ids: Ids,
}

/// A setting is missing or makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It is not there.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// It is not what it must be.
    #[error("the environment variable {0} {1}")]
    Invalid(&'static str, String),
}

impl Settings {
    /// Those of this process.
    pub fn from_env() -> Self {
        Self::from_map(std::env::vars().collect())
    }

    /// These.
    pub fn from_map(map: HashMap<String, String>) -> Self {
        Self { variables: Arc::new(map), clock: Clock::default(), ids: Ids::default() }
    }

    /// The same at a time, and with identifiers, of the caller's choice.
    #[must_use]
    pub fn simulated(self, clock: Clock, ids: Ids) -> Self {
        Self { clock, ids, ..self }
    }

    /// What time it is.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// A setting that must be there.
    pub fn required(&self, name: &'static str) -> Result<&str, SettingsError> {
        self.optional(name).ok_or(SettingsError::Missing(name))
    }

    /// A setting that may be absent; an empty one is absent.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Where this runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// On a developer's machine.
    Local,
    /// Deployed, for trying things.
    Dev,
    /// Deployed, for real money: the sandbox provider is refused.
    Prod,
}

impl std::str::FromStr for Stage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "local" => Ok(Self::Local),
            "dev" => Ok(Self::Dev),
            "prod" => Ok(Self::Prod),
            other => Err(format!("must be local, dev or prod, is {other}")),
        }
    }
}

/// What time it is: by the machine, or by a hand that somebody moves.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// A clock that shows where its hand is: milliseconds since 1970.
    pub fn with_hand(hand: Arc<AtomicI64>) -> Self {
        Self(Some(hand))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Some(hand) => Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap_or_default(),
            None => machine_time(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn machine_time() -> Timestamp {
    Timestamp::now()
}

/// Where fresh identifiers come from: the operating system, or a seed for whoever must draw the same ones again.
#[derive(Debug, Clone, Default)]
pub struct Ids(Option<Arc<Seeded>>);

#[derive(Debug)]
struct Seeded {
    seed: String,
    drawn: AtomicU32,
}

impl Ids {
    /// Those that this seed gives, one after the other.
    pub fn seeded(seed: &str) -> Self {
        Self(Some(Arc::new(Seeded { seed: seed.to_owned(), drawn: AtomicU32::new(0) })))
    }

    /// Ten bytes that nobody else has.
    pub fn entropy(&self) -> [u8; ID_ENTROPY_BYTES] {
        match &self.0 {
            Some(seeded) => drawn_entropy(&seeded.seed, seeded.drawn.fetch_add(1, Ordering::Relaxed)),
            None => random(),
        }
    }

    /// The identifier of a hold made at `now`.
    pub fn hold(&self, now: Timestamp) -> domain::id::HoldId {
        let entropy = self.entropy();
        domain::id::HoldId::at(now, std::array::from_fn(|i| entropy[i]))
    }

    /// A word that nobody else knows.
    pub(crate) fn token(&self) -> String {
        hex(&self.entropy())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where they come from")]
fn random() -> [u8; ID_ENTROPY_BYTES] {
    let mut bytes = [0; ID_ENTROPY_BYTES];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    bytes
}

/// What a function is made with; built once at its start.
pub trait Context: Sized + Send + Sync + 'static {
    /// From the environment.
    fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> impl Future<Output = Result<Self, SettingsError>>;
}

/// For functions that need nothing.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Context for Nothing {
    async fn from_env(_: &Settings, _: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        Ok(Self)
    }
}

/// What most functions need.
#[derive(Debug, Clone)]
pub struct App {
    /// Everything that is kept.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// Fresh identifiers.
    pub ids: Ids,
    /// Where this runs.
    pub stage: Stage,
    /// The address under which the world reaches us, without a slash at its end.
    pub public_url: String,
}

impl App {
    /// An app on this DynamoDB client.
    pub fn on(settings: &Settings, client: aws_sdk_dynamodb::Client) -> Result<Self, SettingsError> {
        let tables =
            Tables { inventory: settings.required("INVENTORY_TABLE")?.to_owned(), main: settings.required("MAIN_TABLE")?.to_owned() };
        let stage = settings.required("STAGE")?.parse().map_err(|error| SettingsError::Invalid("STAGE", error))?;
        let public_url = settings.optional("PUBLIC_URL").unwrap_or_default().trim_end_matches('/').to_owned();
        Ok(Self { store: Store::new(client, tables), clock: settings.clock.clone(), ids: settings.ids.clone(), stage, public_url })
    }
}

impl Context for App {
    async fn from_env(settings: &Settings, aws: &aws_config::SdkConfig) -> Result<Self, SettingsError> {
        let config = aws_sdk_dynamodb::config::Builder::from(aws).interceptor(Meter).build();
        Self::on(settings, aws_sdk_dynamodb::Client::from_conf(config))
    }
}
