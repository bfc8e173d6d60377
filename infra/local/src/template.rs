//! What the local cloud takes from `template.yaml`: routes, tables, queues, triggers, accounts. Nothing is listed twice.

mod distribution;
mod resources;
mod yaml;

pub use distribution::Behaviour;
pub use resources::{Bucket, Cors, Function, Queue, Route, StreamMapping, Table, Trigger};

use serde_json::Value;
use std::path::Path;

/// Everything in the template that has a counterpart here.
#[derive(Debug, Clone)]
pub struct Template {
    /// One per resource of type `AWS::Serverless::Function`.
    pub functions: Vec<Function>,
    /// What the API tells browsers of other origins.
    pub cors: Cors,
    /// The tables.
    pub tables: Vec<Table>,
    /// The queues, dead-letter queues first.
    pub queues: Vec<Queue>,
    /// The buckets.
    pub buckets: Vec<Bucket>,
    /// What CloudFront adds to answers, in the order in which it looks.
    pub behaviours: Vec<Behaviour>,
    /// The properties of the user pool.
    pub user_pool: Value,
    /// The properties of its client.
    pub user_pool_client: Value,
    /// The names of its groups.
    pub groups: Vec<String>,
    /// The properties of the AppSync Events API.
    pub live_api: Value,
    /// The properties of its channel namespaces.
    pub channels: Vec<Value>,
}

/// The template cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It cannot be read.
    #[error("template.yaml cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// It is not YAML.
    #[error("template.yaml is not YAML")]
    Malformed(#[from] serde_yaml_ng::Error),
    /// Something is missing or of a kind that the local cloud does not know.
    #[error("template.yaml: {0}")]
    Unsupported(String),
}

impl Template {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, TemplateError> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// Reads its text.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        resources::template(&yaml::long_form(serde_yaml_ng::from_str(text)?))
    }

    /// The function with this name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// The table that this logical id stands for.
    pub fn table(&self, logical_id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.logical_id == logical_id)
    }

    /// The queue that this logical id stands for.
    pub fn queue(&self, logical_id: &str) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.logical_id == logical_id)
    }
}

#[cfg(test)]
mod tests;
