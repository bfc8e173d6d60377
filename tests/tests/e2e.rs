//! Journeys and fights on the running local cloud: real HTTP, real tokens, real streams.

mod e2e {
    mod accounts;
    mod catalog;
    mod coupons;
    mod crash;
    mod door;
    mod elsewhere;
    mod fights;
    mod idempotency;
    mod invoices;
    mod money;
    mod refusals;
    mod time;
    mod tokens;
    mod watched;
    mod web;
    mod webhooks;
}
