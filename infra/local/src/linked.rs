//! Every function that is linked in. One line each; `cargo xtask new-endpoint` adds more.

use crate::functions::{LinkError, Linker};

/// Links them all.
pub async fn link(linker: &mut Linker<'_>) -> Result<(), LinkError> {
    linker.http("accounts-answer-challenge", accounts_answer_challenge::handle).await?;
    linker.http("accounts-change-password", accounts_change_password::handle).await?;
    linker.http("accounts-confirm", accounts_confirm::handle).await?;
    linker.http("accounts-disable-mfa", accounts_disable_mfa::handle).await?;
    linker.http("accounts-enable-mfa", accounts_enable_mfa::handle).await?;
    linker.http("accounts-forgot-password", accounts_forgot_password::handle).await?;
    linker.http("accounts-refresh", accounts_refresh::handle).await?;
    linker.http("accounts-resend-code", accounts_resend_code::handle).await?;
    linker.http("accounts-reset-password", accounts_reset_password::handle).await?;
    linker.http("accounts-set-up-mfa", accounts_set_up_mfa::handle).await?;
    linker.http("accounts-sign-in", accounts_sign_in::handle).await?;
    linker.http("accounts-sign-out", accounts_sign_out::handle).await?;
    linker.http("accounts-sign-up", accounts_sign_up::handle).await?;
    linker.http("profiles-get", profiles_get::handle).await?;
    linker.http("profiles-update", profiles_update::handle).await?;
    linker.http("bookings-cancel", bookings_cancel::handle).await?;
    linker.http("bookings-confirm", bookings_confirm::handle).await?;
    linker.http("bookings-create", bookings_create::handle).await?;
    linker.http("bookings-get", bookings_get::handle).await?;
    linker.http("bookings-list", bookings_list::handle).await?;
    linker.http("holds-extend", holds_extend::handle).await?;
    linker.http("holds-get", holds_get::handle).await?;
    linker.http("holds-place", holds_place::handle).await?;
    linker.http("holds-release", holds_release::handle).await?;
    linker.schedule("payments-reconcile", payments_reconcile::handle).await?;
    linker.schedule("payments-compare", payments_compare::handle).await?;
    linker.schedule("ledger-check", ledger_check::handle).await?;
    linker.queue("payments-work", payments_work::handle).await?;
    linker.http("sandbox-payments-act", sandbox_payments_act::handle).await?;
    linker.http("webhooks-receive-sandbox", webhooks_receive_sandbox::handle).await?;
    linker.stream("audit-record", audit_record::handle).await?;
    linker.stream("holds-expire", holds_expire::handle).await?;
    linker.stream("outbox-dispatch", outbox_dispatch::handle).await?;
    linker.newest("seats-broadcast", seats_broadcast::handle).await?;
    linker.http("health-get", health_get::handle).await?;
    linker.http("openapi-get", openapi_get::handle).await?;
    linker.http("check-ins-create", check_ins_create::handle).await?;
    linker.http("tickets-get-pdf", tickets_get_pdf::handle).await?;
    linker.http("tickets-get-qr", tickets_get_qr::handle).await?;
    linker.http("tickets-get", tickets_get::handle).await?;
    linker.http("events-approve", events_approve::handle).await?;
    linker.http("events-cancel", events_cancel::handle).await?;
    linker.queue("events-close", events_close::handle).await?;
    linker.http("events-create", events_create::handle).await?;
    linker.http("events-get", events_get::handle).await?;
    linker.http("events-get-own", events_get_own::handle).await?;
    linker.http("events-list", events_list::handle).await?;
    linker.http("events-list-own", events_list_own::handle).await?;
    linker.http("events-publish", events_publish::handle).await?;
    linker.http("events-reject", events_reject::handle).await?;
    linker.http("events-submit", events_submit::handle).await?;
    linker.http("events-update", events_update::handle).await?;
    linker.http("images-create", images_create::handle).await?;
    linker.http("layouts-get", layouts_get::handle).await?;
    linker.http("seats-get", seats_get::handle).await?;
    linker.http("shows-get", shows_get::handle).await?;
    linker.http("venues-create", venues_create::handle).await?;
    linker.http("venues-get", venues_get::handle).await?;
    linker.http("venues-list", venues_list::handle).await?;
    linker.http("webhooks-receive-stripe", webhooks_receive_stripe::handle).await?;
    linker.http("webhooks-receive-razorpay", webhooks_receive_razorpay::handle).await?;
    linker.http("payment-attempts-create", payment_attempts_create::handle).await?;
    linker.http("call-offs-get", call_offs_get::handle).await?;
    linker.http("show-bookings-list", show_bookings_list::handle).await?;
    linker.http("show-bookings-cancel", show_bookings_cancel::handle).await?;
    linker.http("refunds-create", refunds_create::handle).await?;
    linker.http("refunds-list", refunds_list::handle).await?;
    linker.http("refunds-retry", refunds_retry::handle).await?;
    linker.http("ledger-list", ledger_list::handle).await?;
    linker.http("ledger-export", ledger_export::handle).await?;
    linker.http("holds-quote", holds_quote::handle).await?;
    linker.http("coupons-create", coupons_create::handle).await?;
    linker.http("coupons-list", coupons_list::handle).await?;
    linker.http("coupons-disable", coupons_disable::handle).await?;
    linker.http("organizations-get-own", organizations_get_own::handle).await?;
    linker.http("organizations-update", organizations_update::handle).await?;
    linker.http("invoices-list", invoices_list::handle).await?;
    linker.http("invoices-get-pdf", invoices_get_pdf::handle).await?;
    linker.http("invoices-list-own", invoices_list_own::handle).await?;
    linker.queue("invoices-issue", invoices_issue::handle).await?;
    // new-endpoint adds functions above this line
    Ok(())
}
