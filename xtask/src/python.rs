//! The Python tools: a virtual environment of our own, made once per list of requirements.

use crate::run::{Failure, quietly, root};
use std::path::PathBuf;
use std::process::Command;

/// The folder of the virtual environment, ready to use.
///
/// `.frontrow/venv`, or `FRONTROW_VENV` for machines that keep it elsewhere.
pub(crate) fn environment() -> Result<PathBuf, Failure> {
    let venv = kept_elsewhere().unwrap_or_else(|| root().join(".frontrow/venv"));
    let wanted = std::fs::read_to_string(root().join("infra/local/requirements.txt")).map_err(|error| Failure::new(error.to_string()))?;
    let stamp = venv.join("requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|made_for| made_for == wanted) {
        return Ok(venv);
    }
    let _ = std::fs::remove_dir_all(&venv);
    quietly("making a Python environment (once)", Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    let pip = venv.join("bin/pip");
    let requirements = root().join("infra/local/requirements.txt");
    quietly(
        "fetching the Python tools (once)",
        Command::new(pip).args(["install", "--quiet", "--disable-pip-version-check", "-r"]).arg(requirements),
    )?;
    std::fs::write(&stamp, wanted).map_err(|error| Failure::new(format!("{}: {error}", stamp.display())))?;
    Ok(venv)
}

#[expect(clippy::disallowed_methods, reason = "a tool's own setting, read once")]
fn kept_elsewhere() -> Option<PathBuf> {
    std::env::var_os("FRONTROW_VENV").map(PathBuf::from)
}

/// A tool that must neither fetch toolchains nor phone home.
pub(crate) fn sealed(command: &mut Command) -> &mut Command {
    command
        .env("SAM_CLI_TELEMETRY", "0")
        .env("AWS_DEFAULT_REGION", "eu-central-1")
        .env("RUSTUP_DIST_SERVER", "http://127.0.0.1:9")
        .env("RUSTUP_UPDATE_ROOT", "http://127.0.0.1:9")
}
