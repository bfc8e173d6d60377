//! The browser that the web client's journeys run in: Chromium, as the system's packages have it.

use crate::run::{Failure, output, quietly};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Under which names it goes.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// Where macOS keeps it.
const APPLICATION: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Where it is; installs it where that is allowed and known how.
pub(crate) fn prepare() -> Result<PathBuf, Failure> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install().ok().and_then(|()| find()).ok_or_else(|| {
        Failure::new("no Chromium for the web client's journeys: install it (Debian: apt-get install chromium), or run with --no-web")
    })
}

#[expect(clippy::disallowed_methods, reason = "a tool's own settings, read once")]
fn find() -> Option<PathBuf> {
    let named = std::env::var_os("FRONTROW_CHROMIUM").map(PathBuf::from);
    let folders: Vec<PathBuf> = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let installed = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().chain(installed).chain([PathBuf::from(APPLICATION)]).find(|path| path.is_file())
}

fn install() -> Result<(), Failure> {
    let is_root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0");
    if !is_root || !Path::new("/usr/bin/apt-get").is_file() {
        return Err(Failure::new("only root installs packages"));
    }
    // A fresh image has no list of packages.
    quietly("asking what packages there are", Command::new("apt-get").args(["update", "--quiet=2"]))?;
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "--yes", "--quiet=2", "--no-install-recommends", "chromium"]);
    quietly("installing Chromium (once)", &mut apt)
}
