//! A buyer's bank wants the money of a payment back: a dispute, or chargeback.

/// Where a dispute is in its life.
///
/// | from | what happens | to |
/// |---|---|---|
/// | – | the bank takes the money and asks | OPEN |
/// | OPEN | it gives the money to us again | WON |
/// | OPEN | it keeps the money | LOST |
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DisputeStatus {
    /// The bank has the money and has not decided: the tickets are frozen, and nothing of the payment can be refunded.
    Open,
    /// The money is ours again.
    Won,
    /// The money is the buyer's.
    Lost,
}

impl DisputeStatus {
    /// The word that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Won => "WON",
            Self::Lost => "LOST",
        }
    }
}

/// A buyer's bank wants money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What the provider calls it.
    pub reference: String,
    /// Where it is in its life.
    pub status: DisputeStatus,
    /// How much, in minor units of the payment's currency.
    pub amount: i64,
}
