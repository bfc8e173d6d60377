//! What can become of a request on its way.

use super::dice::{Dice, Weather};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// A request's fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Done, and answered.
    Delivered,
    /// It never arrives.
    Dropped,
    /// Done, but the answer is lost.
    ReplyLost,
    /// Done and answered; a copy of it is still on its way and arrives later.
    Copied,
    /// Refused: too much at once.
    Throttled,
    /// Refused: the item is in somebody's transaction.
    Conflicting,
    /// Refused: the service has trouble of its own.
    Failing,
    /// Not done; whoever sent it dies.
    CrashedBefore,
    /// Done; whoever sent it dies before the answer.
    CrashedAfter,
}

impl Fate {
    /// Whether what was asked is done.
    pub(super) fn is_done(self) -> bool {
        match self {
            Self::Delivered | Self::ReplyLost | Self::Copied | Self::CrashedAfter => true,
            Self::Dropped | Self::Throttled | Self::Conflicting | Self::Failing | Self::CrashedBefore => false,
        }
    }

    /// As this weather has it.
    pub(super) fn of(dice: &Dice, weather: &Weather, operation: &str) -> Self {
        if dice.permille(weather.crash) {
            return *dice.one_of(&[Self::CrashedBefore, Self::CrashedAfter]);
        }
        if !dice.permille(weather.trouble) {
            return Self::Delivered;
        }
        match operation {
            "SendMessage" => *dice.one_of(&[Self::Dropped, Self::ReplyLost, Self::Copied, Self::Failing]),
            "GetItem" | "Query" | "BatchGetItem" => *dice.one_of(&[Self::Dropped, Self::ReplyLost, Self::Throttled, Self::Failing]),
            _ => *dice.one_of(&[
                Self::Dropped,
                Self::ReplyLost,
                Self::ReplyLost,
                Self::Copied,
                Self::Throttled,
                Self::Conflicting,
                Self::Failing,
            ]),
        }
    }
}

/// The database's own words for a fate that refuses.
pub(super) fn refusal(fate: Fate, operation: &str) -> HttpResponse {
    let (status, kind) = match fate {
        Fate::Throttled => (400, "ProvisionedThroughputExceededException"),
        Fate::Conflicting if operation == "TransactWriteItems" => (400, "TransactionCanceledException"),
        Fate::Conflicting => (400, "TransactionConflictException"),
        _ => (500, "InternalServerError"),
    };
    let mut body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{kind}"), "message": "as the dice have it" });
    if kind == "TransactionCanceledException" {
        body["CancellationReasons"] = json!([{ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" }]);
    }
    answer(status, &body)
}

/// An answer with this body.
pub(super) fn answer(status: u16, body: &Value) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().expect("a real status"), SdkBody::from(body.to_string()));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}
