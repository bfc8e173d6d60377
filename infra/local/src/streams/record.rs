//! From what the stream says to what Lambda would hand over.

use serde_json::{Value, json};

/// The number that orders a record among those of its item.
pub fn sequence_number(record: &Value) -> Option<&str> {
    record["dynamodb"]["SequenceNumber"].as_str()
}

/// The record as it stands in Lambda's `DynamoDBEvent`.
pub fn event(mut record: Value, arn: &str) -> Value {
    record["eventSourceARN"] = arn.into();
    record["awsRegion"] = crate::REGION.into();
    record["userIdentity"] = identity(&record);
    // DynamoDB Local deletes expired items by an event of a name of its own, without saying who did it.
    if !matches!(record["eventName"].as_str(), Some("INSERT" | "MODIFY" | "REMOVE")) {
        record["eventName"] = "REMOVE".into();
        record["userIdentity"] = json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    }
    if record["userIdentity"].is_null()
        && let Some(members) = record.as_object_mut()
    {
        members.remove("userIdentity");
    }
    record
}

/// The stream's protocol capitalises the members, Lambda and some emulators do not.
fn identity(record: &Value) -> Value {
    let identity = &record["userIdentity"];
    let member = |names: [&str; 2]| names.iter().find_map(|name| identity[name].as_str());
    match (member(["type", "Type"]), member(["principalId", "PrincipalId"])) {
        (Some(kind), Some(principal)) => json!({ "type": kind, "principalId": principal }),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_spelled_as_lambda_does() {
        for (kind, principal) in [("type", "principalId"), ("Type", "PrincipalId")] {
            let record = json!({ "eventName": "REMOVE", "userIdentity": { kind: "Service", principal: "dynamodb.amazonaws.com" } });
            let event = event(record, "arn");
            assert_eq!(event["userIdentity"], json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" }));
            assert_eq!(event["eventSourceARN"], "arn");
        }
    }

    #[test]
    fn a_change_by_somebody_has_no_identity() {
        let event = event(json!({ "eventName": "MODIFY" }), "arn");
        assert!(event.get("userIdentity").is_none());
    }

    #[test]
    fn an_unknown_event_is_dynamodb_locals_ttl() {
        let event = event(json!({ "eventName": "EXPIRE" }), "arn");
        assert_eq!(event["eventName"], "REMOVE");
        assert_eq!(event["userIdentity"]["principalId"], "dynamodb.amazonaws.com");
    }
}
