//! `frontrow-local`: starts the local cloud. `cargo xtask up` installs what it needs, then runs it.

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A fifth of a request's time is allocation: functions are invoked by JSON, and so is the database.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let level = api::Settings::from_env().optional("FRONTROW_LOG").unwrap_or("warn").to_owned();
    tracing_subscriber::fmt().compact().with_target(false).with_env_filter(level).with_writer(std::io::stderr).init();
    match local::up::run(local::up::Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |cause| cause.source());
            eprintln!("frontrow: {}", causes.map(ToString::to_string).collect::<Vec<_>>().join(": "));
            ExitCode::FAILURE
        }
    }
}
