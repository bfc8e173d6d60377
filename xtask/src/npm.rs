//! Packages of npm: fetched once per lock file. Its cache stays where npm keeps it.

use crate::run::{Failure, quietly, root};
use std::process::{Command, Stdio};

/// Fetches what the folder's lock file names, unless that is there. No package runs a script of its own.
pub(crate) fn install(folder: &str) -> Result<(), Failure> {
    let lock = root().join(folder).join("package-lock.json");
    let stamp = root().join(folder).join("node_modules/.made-for");
    let wanted = std::fs::read_to_string(&lock).map_err(|error| Failure::new(format!("{}: {error}", lock.display())))?;
    if std::fs::read_to_string(&stamp).is_ok_and(|made_for| made_for == wanted) {
        return Ok(());
    }
    let mut npm = npm(folder, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    quietly(&format!("fetching what {folder} needs (once)"), &mut npm)?;
    std::fs::write(&stamp, wanted).map_err(|error| Failure::new(format!("{}: {error}", stamp.display())))
}

/// npm, about to do this in the folder.
pub(crate) fn npm(folder: &str, arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(["--prefix", folder]).args(arguments);
    npm
}

/// Whether npm is there at all.
pub(crate) fn is_installed() -> bool {
    let asked = Command::new("npm").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}
