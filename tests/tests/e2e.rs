//! Journeys and fights on the running local cloud: real HTTP, real tokens, real streams.

mod e2e {
    mod crash;
    mod door;
    mod fights;
    mod refusals;
    mod time;
    mod webhooks;
}
