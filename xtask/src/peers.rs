//! Who judges our payments in the tests: the providers' own libraries, an imitation of Stripe, and what knows the shape of its requests. A machine that cannot fetch them
//! tests without them; the tests say so.

use crate::npm;
use crate::run::{Failure, quietly, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What knows the shape of every request to Stripe. Go puts it where the tests look for it.
const STRIPE_MOCK: &str = "github.com/stripe/stripe-mock@v0.203.0";
/// The version whose behaviour the tests know. A process only: its licence is not ours.
const LOCALSTRIPE: &str = "localstripe==1.15.*";

/// Fetches what is not there. Returns where the imitation of Stripe is.
pub(crate) fn prepare() -> PathBuf {
    let venv = root().join(".frontrow/localstripe");
    for missed in [npm::install("tests/oracles"), imitation(&venv), shapes()] {
        if let Err(failure) = missed {
            eprintln!("xtask: {failure}; the tests do without");
        }
    }
    venv
}

fn imitation(venv: &Path) -> Result<(), Failure> {
    if venv.join("bin/localstripe").is_file() {
        return Ok(());
    }
    quietly("making an environment for localstripe (once)", Command::new("python3").args(["-m", "venv"]).arg(venv))?;
    let mut pip = Command::new(venv.join("bin/pip"));
    quietly("fetching localstripe (once)", pip.args(["install", "--quiet", "--disable-pip-version-check", LOCALSTRIPE]))
}

/// Go finds for itself what it fetched before.
fn shapes() -> Result<(), Failure> {
    quietly("making stripe-mock", Command::new("go").args(["install", STRIPE_MOCK]))
}
