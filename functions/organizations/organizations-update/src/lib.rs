//! `PATCH /v1/organizer/organization`: changes what the caller's organization has set.

mod edit;

use api::{App, Problem, Reply, Request};
use wire::{OrganizationView, ProblemView, UpdateOrganization};

/// Changes what is given and leaves the rest. What is published already is sold by the terms that it was published with.
#[utoipa::path(
    patch, path = "/v1/organizer/organization", operation_id = "organizations-update", tag = "organizations",
    summary = "Change your organization's settings",
    description = "Tax, fee and refund terms count for events that are drafted or edited from now on; name, address, registration and \
                   prefix for invoices from now on. What was issued stays as it is.",
    request_body = UpdateOrganization,
    responses(
        (status = 200, body = OrganizationView), (status = 400, body = ProblemView), (status = 401, body = ProblemView),
        (status = 403, body = ProblemView), (status = 404, body = ProblemView), (status = 413, body = ProblemView),
        (status = 415, body = ProblemView), (status = 503, body = ProblemView),
    ),
    security(("cognito" = []))
)]
pub async fn handle(app: &App, request: Request) -> Result<Reply, Problem> {
    let seller = app.seller(&request.caller()?).await?;
    let organization = api::organization_of(&seller)?;
    let body: UpdateOrganization = request.json()?;

    let before = app.store.organization(&organization).await?.ok_or_else(Problem::not_found)?;
    let changed = edit::edited(&before, body)?;
    let changed = app.store.update_organization(&before, &changed).await?;

    Ok(Reply::ok(&OrganizationView::from(changed)))
}
