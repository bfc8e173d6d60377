//! Who sells: organizers for their organization, admins for the platform.

use crate::context::App;
use crate::problem::Problem;
use crate::request::Caller;
use domain::id::{OrganizationId, ShowId};
use domain::show::Show;
use domain::user::{Role, Seller};
use std::sync::Arc;

impl App {
    /// On whose behalf an organizer or admin asks. Everybody else is refused, and so is an organizer of nothing.
    pub async fn seller(&self, caller: &Caller) -> Result<Seller, Problem> {
        self.member(caller, &[Role::Organizer, Role::Admin]).await
    }

    /// At whose door somebody works: staff and organizers at their organization's, admins at every.
    pub async fn doorkeeper(&self, caller: &Caller) -> Result<Seller, Problem> {
        self.member(caller, &[Role::Staff, Role::Organizer, Role::Admin]).await
    }

    async fn member(&self, caller: &Caller, roles: &[Role]) -> Result<Seller, Problem> {
        caller.require(roles)?;
        let organization = self.store.profile(&caller.user).await?.and_then(|profile| profile.organization);
        if caller.is_admin() {
            return Ok(Seller::Admin(organization));
        }
        organization.map(Seller::Organizer).ok_or_else(without_organization)
    }
}

impl App {
    /// A show, for those who sell it or work its door; for everybody else there is none.
    pub async fn show_of(&self, seller: &Seller, show: &ShowId) -> Result<Arc<Show>, Problem> {
        let found = self.store.show(show, self.clock.now()).await?;
        found.filter(|show| seller.speaks_for(&show.organization)).ok_or_else(Problem::not_found)
    }

    /// Whose refunds, books or shows are meant: a member's own; for admins whichever they name, or their own.
    pub fn organization_meant(&self, seller: &Seller, named: Option<OrganizationId>) -> Result<OrganizationId, Problem> {
        match named {
            Some(named) if seller.speaks_for(&named) => Ok(named),
            Some(_) => Err(Problem::not_found()),
            None => organization_of(seller),
        }
    }
}

/// The organization for which somebody writes an event: an event is always some organization's.
pub fn organization_of(seller: &Seller) -> Result<OrganizationId, Problem> {
    seller.organization().cloned().ok_or_else(without_organization)
}

fn without_organization() -> Problem {
    Problem::forbidden().detail("Your account is not a member of an organization yet.")
}
