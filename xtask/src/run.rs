//! Running other programs from the repository's root.

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What went wrong, in one line, with what to do about it where that is known.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// With this line.
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_owned()
}

/// Cargo, the one that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(env!("CARGO"))
}

/// A binary that was built: beside our own.
pub(crate) fn binary(name: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().map_err(|error| Failure::new(error.to_string()))?;
    Ok(own.parent().expect("a file lies in a folder").join(name))
}

/// Runs a program that talks itself.
pub(crate) fn loudly(command: &mut Command) -> Result<(), Failure> {
    let status = command.current_dir(root()).status().map_err(|error| missing(command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed", name(command)))) }
}

/// Runs a program that need not talk unless it fails.
pub(crate) fn quietly(what: &str, command: &mut Command) -> Result<(), Failure> {
    eprintln!("{what} …");
    loudly(command)
}

/// What a program prints.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = command.current_dir(root()).stderr(Stdio::inherit()).output().map_err(|error| missing(command, &error))?;
    if output.status.success() { Ok(output.stdout) } else { Err(Failure::new(format!("{} failed", name(command)))) }
}

/// Runs one stage of a check and says how long it took.
pub(crate) fn stage(name: &str, command: &mut Command) -> Result<(), Failure> {
    println!("── {name}");
    let started = Instant::now();
    loudly(command).map_err(|failure| Failure::new(format!("{name}: {failure}")))?;
    println!("── {name}: {:.0} s", started.elapsed().as_secs_f64());
    Ok(())
}

/// Why a program could not be started.
pub(crate) fn missing(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} could not be started ({error}); is it installed?", name(command)))
}

/// As it was called.
pub(crate) fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
