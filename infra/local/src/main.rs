//! `frontrow-local`: starts the local cloud. `cargo xtask up` installs what it needs, then runs it.

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let level = api::Settings::from_env().optional("FRONTROW_LOG").unwrap_or("warn").to_owned();
    tracing_subscriber::fmt().compact().with_target(false).with_env_filter(level).with_writer(std::io::stderr).init();
    match local::up::run(local::up::Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
            let causes: String = causes.map(|cause| format!(": {cause}")).collect();
            eprintln!("frontrow: {error}{causes}");
            ExitCode::FAILURE
        }
    }
}
