//! The description of the whole API, put together from every function's own.

use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

struct Cognito;

impl utoipa::Modify for Cognito {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("cognito", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// One line per endpoint.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Frontrow",
        description = "Sells seats: events, live seat maps, holds, payments, signed tickets, check-in. \
                       Errors are `application/problem+json`; see docs/problems.md.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    modifiers(&Cognito),
    paths(
        accounts_sign_up::handle,
        accounts_confirm::handle,
        accounts_resend_code::handle,
        accounts_sign_in::handle,
        accounts_answer_challenge::handle,
        accounts_refresh::handle,
        accounts_sign_out::handle,
        accounts_forgot_password::handle,
        accounts_reset_password::handle,
        accounts_change_password::handle,
        accounts_set_up_mfa::handle,
        accounts_enable_mfa::handle,
        accounts_disable_mfa::handle,
        profiles_get::handle,
        profiles_update::handle,
        venues_create::handle,
        venues_list::handle,
        venues_get::handle,
        events_create::handle,
        events_update::handle,
        events_submit::handle,
        events_approve::handle,
        events_reject::handle,
        events_publish::handle,
        events_cancel::handle,
        events_list::handle,
        events_get::handle,
        events_list_own::handle,
        events_get_own::handle,
        images_create::handle,
        shows_get::handle,
        layouts_get::handle,
        seats_get::handle,
        holds_place::handle,
        holds_get::handle,
        holds_release::handle,
        holds_extend::handle,
        bookings_create::handle,
        bookings_confirm::handle,
        bookings_cancel::handle,
        bookings_get::handle,
        bookings_list::handle,
        webhooks_receive_sandbox::handle,
        sandbox_payments_act::handle,
        tickets_get::handle,
        tickets_get_qr::handle,
        tickets_get_pdf::handle,
        check_ins_create::handle,
        health_get::handle,
        openapi_get::handle,
        webhooks_receive_stripe::handle,
        webhooks_receive_razorpay::handle,
        payment_attempts_create::handle,
        call_offs_get::handle,
        show_bookings_list::handle,
        show_bookings_cancel::handle,
        refunds_create::handle,
        refunds_list::handle,
        refunds_retry::handle,
        ledger_list::handle,
        ledger_export::handle,
        holds_quote::handle,
        coupons_create::handle,
        coupons_list::handle,
        coupons_disable::handle,
        organizations_get_own::handle,
        organizations_update::handle,
        invoices_list::handle,
        invoices_get_pdf::handle,
        invoices_list_own::handle,
        ticket_keys_list::handle,
        door_shows_list::handle,
        door_tickets_list::handle,
        check_ins_create_batch::handle,
        // new-endpoint adds functions above this line
    )
)]
struct Description;

/// The description as it is committed in `openapi.json`.
pub fn openapi() -> String {
    let mut text = Description::openapi().to_pretty_json().expect("a description is JSON");
    text.push('\n');
    text
}
