//! Who sells: organizers for their organization, admins for the platform.

use crate::context::App;
use crate::problem::Problem;
use crate::request::Caller;
use domain::id::OrganizationId;
use domain::user::{Role, Seller};

impl App {
    /// On whose behalf an organizer or admin asks. Everybody else is refused, and so is an organizer of nothing.
    pub async fn seller(&self, caller: &Caller) -> Result<Seller, Problem> {
        caller.require(&[Role::Organizer, Role::Admin])?;
        let organization = self.store.profile(&caller.user).await?.and_then(|profile| profile.organization);
        if caller.is_admin() {
            return Ok(Seller::Admin(organization));
        }
        organization.map(Seller::Organizer).ok_or_else(without_organization)
    }
}

/// The organization for which somebody writes an event: an event is always some organization's.
pub fn organization_of(seller: &Seller) -> Result<OrganizationId, Problem> {
    seller.organization().cloned().ok_or_else(without_organization)
}

fn without_organization() -> Problem {
    Problem::forbidden().detail("Your account is not a member of an organization yet.")
}
