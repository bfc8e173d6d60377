//! What the door says to a scan, made now or a while ago by a device that was offline.

use crate::door::Door;
use crate::problem::Problem;
use domain::id::ShowId;
use domain::text::Text;
use domain::ticket::{Outcome, Ticket, TicketStatus};
use domain::user::Seller;
use jiff::Timestamp;
use std::collections::BTreeMap;
use tickets::TicketCode;
use wire::{AdmittedTicket, CheckInView};

/// Somebody stands, or stood, at the door.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// What the scanner read.
    pub code: &'a str,
    /// At which gate.
    pub gate: Option<&'a Text<1, 40>>,
    /// The scan's own name.
    pub nonce: &'a str,
    /// The show that the gate serves, where it serves only one.
    pub show: Option<&'a ShowId>,
    /// When.
    pub at: Timestamp,
}

impl Door {
    /// Answers scans one after the other, in their order. Tickets of shows at whose door the keeper does not work are unknown.
    pub async fn check_in(&self, keeper: &Seller, scans: &[Scan<'_>]) -> Result<Vec<CheckInView>, Problem> {
        let mut works_for: BTreeMap<ShowId, bool> = BTreeMap::new();
        let mut answers = Vec::with_capacity(scans.len());
        for scan in scans {
            let code = TicketCode::verify(scan.code, &self.keys).ok();
            answers.push(match code {
                Some(code) if self.works_for(keeper, &code.show, &mut works_for).await? => self.judge(scan, code).await?,
                Some(_) | None => CheckInView::of(Outcome::Unknown),
            });
        }
        Ok(answers)
    }

    /// Looks a show up once, however many scans are for it.
    async fn works_for(&self, keeper: &Seller, show: &ShowId, known: &mut BTreeMap<ShowId, bool>) -> Result<bool, Problem> {
        if let Some(known) = known.get(show) {
            return Ok(*known);
        }
        let found = self.app.store.show(show, self.app.clock.now()).await?;
        let is_ours = found.is_some_and(|show| keeper.speaks_for(&show.organization));
        known.insert(show.clone(), is_ours);
        Ok(is_ours)
    }

    /// One scan of a genuine code: of any number of them, exactly one is ADMITTED.
    async fn judge(&self, scan: &Scan<'_>, code: TicketCode) -> Result<CheckInView, Problem> {
        if scan.show.is_some_and(|gate| *gate != code.show) || !code.opens_at(scan.at) {
            return Ok(CheckInView::of(Outcome::WrongShow));
        }
        let ticket = Ticket {
            booking: code.ticket.booking_id(),
            id: code.ticket,
            show: code.show,
            seat: code.seat,
            status: TicketStatus::Issued,
            admitted_at: None,
            gate: None,
        };
        let admission = self.app.store.admit(&ticket, scan.nonce, scan.gate, scan.at, self.app.clock.now()).await?;
        let shown = AdmittedTicket { ticket_id: ticket.id, show_id: ticket.show, seat: ticket.seat };
        Ok(CheckInView { outcome: admission.outcome, ticket: Some(shown), admitted_at: admission.admitted_at, gate: admission.gate })
    }
}
