//! `GET /v1/organizer/organization`: what the caller's organization has set.

use api::{App, Problem, Reply, Request};
use wire::{OrganizationView, ProblemView};

/// The settings, for whoever sells for the organization.
#[utoipa::path(
    get, path = "/v1/organizer/organization", operation_id = "organizations-get-own", tag = "organizations",
    summary = "Your organization's settings",
    responses(
        (status = 200, body = OrganizationView), (status = 401, body = ProblemView), (status = 403, body = ProblemView),
        (status = 404, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;

    let organization = app.store.organization(&organization).await?.ok_or_else(Problem::not_found)?;

    Ok(Reply::ok(&OrganizationView::from(organization)))
}
