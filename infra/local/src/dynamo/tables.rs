//! The tables of the template, made where they are missing; and TTL, which somebody must set going.

use super::expiry::Expiries;
use super::{CallError, Dynamo};
use crate::template::{Table, Template};
use serde_json::json;

impl Dynamo {
    /// Makes the tables that do not exist yet.
    pub async fn create_tables(&self, template: &Template) -> Result<(), CallError> {
        let _ = self.expiries.set(Expiries::of(template));
        for table in &template.tables {
            match self.call("CreateTable", &table.create).await {
                Ok(_) => self.set_ttl(table).await?,
                Err(CallError::Refused { kind, .. }) if kind == "ResourceInUseException" => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    async fn set_ttl(&self, table: &Table) -> Result<(), CallError> {
        let Some(attribute) = &table.ttl_attribute else { return Ok(()) };
        let request = json!({ "TableName": table.name, "TimeToLiveSpecification": { "Enabled": true, "AttributeName": attribute } });
        self.call("UpdateTimeToLive", &request).await.map(|_| ())
    }

    /// Whether functions wrote something that has run out since the last question.
    pub fn sweep_is_due(&self, now: jiff::Timestamp) -> bool {
        self.expiries.get().is_some_and(|expiries| expiries.due(now.as_second()))
    }

    /// Deletes what TTL allows, on the embedded database. Anything else does so by itself. Returns how many items went.
    pub fn sweep_ttl(&self) -> usize {
        let swept = self.database().map(dynoxide::Database::sweep_ttl);
        swept.and_then(Result::ok).unwrap_or_default()
    }
}
