//! `cargo xtask`: everything that a contributor does with this repository.

#![expect(clippy::print_stdout, reason = "a command line tool talks")]

mod browser;
mod endpoint;
mod npm;
mod peers;
mod python;
mod run;
mod simulation;
mod web;

use clap::{Parser, Subcommand};
use endpoint::Endpoint;
use run::{Failure, cargo, output, root, stage};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Builds, runs and checks Frontrow")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Starts the local cloud and fills it with demo data; --help after -- lists its flags.
    Up {
        /// Handed to the local cloud: --port, --no-web, --no-demo, --buyers, --data, --dynamodb, --functions …
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        flags: Vec<String>,
    },
    /// Runs every check: format, lints, tests, template, web client.
    Test {
        /// Only Rust tests whose name contains this; skips the other checks.
        filter: Option<String>,
        /// Skips the web client, for machines without Node or Chromium.
        #[arg(long)]
        no_web: bool,
        /// Only the web client's checks.
        #[arg(long, conflicts_with_all = ["filter", "no_web"])]
        only_web: bool,
    },
    /// Builds the web client and puts it into a stack's bucket.
    DeployWeb {
        /// The stack's name, as `frontrow-dev`.
        #[arg(long)]
        stack: String,
        /// Only prints what would be called.
        #[arg(long)]
        dry_run: bool,
    },
    /// Prints what the selling path costs and how fast it is here.
    Bench,
    /// Runs seeds of the deterministic simulation until one breaks a promise; --help after -- lists its flags.
    Sim {
        /// Instead, makes deliberate mistakes in a copy of the sources, and has the simulation find each of them.
        #[arg(long)]
        sabotages: bool,
        /// Handed to the simulation: --seeds, --from, --steps, --trace.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        flags: Vec<String>,
    },
    /// Makes a new function: manifest, handler, template entry, fixture, test.
    NewEndpoint {
        /// The folder below functions/, as `holds`.
        context: String,
        /// Plural noun and verb, as `holds-transfer`.
        name: String,
        /// The HTTP method.
        method: String,
        /// The path, as `/v1/shows/{showId}/hold/transfer`.
        path: String,
    },
    /// Writes openapi.json from the types.
    Openapi,
}

/// What is built: with the features of the whole workspace, as the tests are, so that nothing is built twice.
const BUILD: [&str; 3] = ["--workspace", "--bin", "frontrow-local"];

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Task::Up { flags } => up(&flags),
        Task::Test { only_web: true, .. } => test_web(),
        Task::Test { filter, no_web, only_web: false } => test(filter.as_deref(), no_web),
        Task::DeployWeb { stack, dry_run } => web::deploy(&stack, dry_run),
        Task::Bench => bench(),
        Task::Sim { sabotages: false, flags } => simulation::run(&flags),
        Task::Sim { sabotages: true, flags } => simulation::sabotage(&flags),
        Task::NewEndpoint { context, name, method, path } => {
            new_endpoint(&Endpoint { context: &context, name: &name, method: &method, path: &path })
        }
        Task::Openapi => openapi(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the local cloud, then becomes it: signals and exit code are its own.
fn up(flags: &[String]) -> Result<(), Failure> {
    let venv = python::environment()?;
    run::quietly("building the local cloud", cargo().args(["build", "--quiet"]).args(BUILD))?;
    let mut cloud = Command::new(run::binary("frontrow-local")?);
    cloud.arg("--venv").arg(venv).args(flags);
    let is_wanted = !flags.iter().any(|flag| flag == "--no-web" || flag.starts_with("--web"));
    if is_wanted && let Err(failure) = web::build_if_stale() {
        eprintln!("xtask: {failure}; starting without the web client");
        cloud.arg("--no-web");
    }
    let error = cloud.exec();
    Err(Failure::new(format!("the local cloud could not be started: {error}")))
}

fn test(filter: Option<&str>, no_web: bool) -> Result<(), Failure> {
    let venv = python::environment()?;
    let localstripe = peers::prepare();
    stage("build", cargo().arg("build").args(BUILD))?;
    if let Some(filter) = filter {
        return stage("tests", cargo().args(["test", "--workspace", filter]));
    }
    stage("format", cargo().args(["fmt", "--all", "--check"]))?;
    stage("lints", cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    stage("tests", cargo().args(["test", "--workspace"]).env("FRONTROW_VENV", &venv).env("FRONTROW_LOCALSTRIPE", localstripe))?;
    let tool = |name: &str| venv.join("bin").join(name);
    stage("sam validate", python::sealed(Command::new(tool("sam")).args(["validate", "--lint", "--template", "template.yaml"])))?;
    stage("cfn-lint", python::sealed(Command::new(tool("cfn-lint")).args(["template.yaml", "infra/waf.yaml"])))?;
    dependencies()?;
    if no_web { Ok(()) } else { web::check(&venv) }
}

fn test_web() -> Result<(), Failure> {
    let venv = python::environment()?;
    stage("build", cargo().arg("build").args(BUILD))?;
    web::check(&venv)
}

/// Licences, sources and bans of everything that is linked in. Building `cargo-deny` takes longer than all other checks, so it
/// is used where it is.
fn dependencies() -> Result<(), Failure> {
    let installed = cargo().args(["deny", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if installed.is_ok_and(|status| status.success()) {
        return stage("cargo deny", cargo().args(["deny", "--locked", "check", "bans", "licenses", "sources"]));
    }
    println!("── cargo deny: skipped, it is not installed; cargo install cargo-deny --locked");
    Ok(())
}

fn bench() -> Result<(), Failure> {
    python::environment()?;
    run::quietly("building", cargo().args(["build", "--quiet", "--bin", "bench"]).args(BUILD))?;
    run::loudly(&mut Command::new(run::binary("bench")?))
}

/// Makes the parts of a function and puts what was inserted into the order that the formatter wants.
fn new_endpoint(endpoint: &Endpoint<'_>) -> Result<(), Failure> {
    endpoint::create(&root(), endpoint)?;
    run::quietly("formatting", cargo().args(["fmt", "--all"]))?;
    eprintln!("functions/{}/{} is there. Next: docs/adding-an-endpoint.md, from step 2.", endpoint.context, endpoint.name);
    Ok(())
}

fn openapi() -> Result<(), Failure> {
    run::quietly("building", cargo().args(["build", "--quiet", "--workspace", "--bin", "openapi"]))?;
    let description = output(&mut Command::new(run::binary("openapi")?))?;
    std::fs::write(root().join("openapi.json"), description).map_err(|error| Failure::new(format!("openapi.json: {error}")))
}
