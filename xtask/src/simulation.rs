//! The deterministic simulation: many seeds, and the mistakes that prove that it would notice (`docs/simulation.md`).

use crate::run::{Failure, binary, cargo, loudly, output, quietly, root};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The variable that names the mistake to make (`tests/src/simulation/sabotages.rs`).
const VARIABLE: &str = "FRONTROW_SABOTAGE";
/// A mistake must be found within so many seeds.
const SEEDS: &str = "200";
/// Where the copy with the mistakes is built. Beside our own target folder, not in it: both have packages of the same names.
const COPY: &str = "target/sabotage";

/// Builds the simulation as the tests are built, and runs it.
pub(crate) fn run(flags: &[String]) -> Result<(), Failure> {
    build()?;
    loudly(Command::new(binary("sim")?).args(flags))
}

/// One copy with all mistakes in it, one build, one run a mistake. Each must be found.
pub(crate) fn sabotage(flags: &[String]) -> Result<(), Failure> {
    build()?;
    let copy = root().join(COPY);
    let listed = output(Command::new(binary("sim")?).arg("--sabotage").arg(&copy))?;
    let target = copy.join("target");
    let mut cargo = cargo();
    cargo
        .args(["build", "--quiet", "--workspace", "--bin", "sim", "--manifest-path"])
        .arg(copy.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target);
    quietly("building a copy with mistakes in it", &mut cargo)?;
    let mut missed = 0;
    for line in String::from_utf8_lossy(&listed).lines() {
        let (name, meaning) = line.split_once('\t').unwrap_or((line, ""));
        let found = find(&target.join("debug/sim"), name, flags)?;
        println!("{name:26} {:32} {meaning}", found.as_deref().unwrap_or("NOT FOUND"));
        missed += u32::from(found.is_none());
    }
    if missed == 0 { Ok(()) } else { Err(Failure::new(format!("{missed} mistakes were not found"))) }
}

fn build() -> Result<(), Failure> {
    quietly("building the simulation", cargo().args(["build", "--quiet", "--workspace", "--bin", "sim"]))
}

/// The seed that finds a mistake, and how long that took; none if all seeds pass.
fn find(sim: &Path, name: &str, flags: &[String]) -> Result<Option<String>, Failure> {
    let began = Instant::now();
    let mut command = Command::new(sim);
    command.args(["--seeds", SEEDS]).args(flags).env(VARIABLE, name).current_dir(root()).stderr(Stdio::inherit());
    let ran = command.output().map_err(|error| Failure::new(format!("{}: {error}", sim.display())))?;
    if ran.status.success() {
        return Ok(None);
    }
    let printed = String::from_utf8_lossy(&ran.stdout).into_owned();
    let seed = printed.lines().rev().find_map(|line| line.strip_prefix("seed ")?.split(' ').next());
    Ok(Some(format!("seed {} after {:.1} s", seed.unwrap_or("?"), began.elapsed().as_secs_f64())))
}
