//! The web client: built when it is older than its sources, and checked in stages.

mod deploy;
mod report;

pub(crate) use deploy::deploy;

use crate::run::{Failure, binary, quietly, root, stage};
use crate::{browser, npm};
use report::Count;
use std::path::Path;
use std::time::SystemTime;

/// What nobody builds from.
const NOT_SOURCES: [&str; 5] = ["node_modules", "dist", "e2e", "test-results", "playwright-report"];

/// Builds it unless what is built is newer than everything it is built from.
pub(crate) fn build_if_stale() -> Result<(), Failure> {
    let web = root().join("web");
    if !is_stale(&web) {
        return Ok(());
    }
    needs_node()?;
    npm::install("web")?;
    quietly("building the web client", &mut npm::npm("web", &["run", "--silent", "build", "--", "--logLevel", "warn"]))
}

/// Every check of it, and at the end how many tests passed.
pub(crate) fn check(venv: &Path) -> Result<(), Failure> {
    needs_node()?;
    npm::install("web")?;
    let browser = browser::prepare()?;
    let reports = root().join(".frontrow/web");
    let _ = std::fs::remove_dir_all(&reports);
    std::fs::create_dir_all(&reports).map_err(|error| Failure::new(format!("{}: {error}", reports.display())))?;
    let (unit, journeys) = (reports.join("vitest.json"), reports.join("playwright.json"));

    let outcome = run_stages(&unit, &journeys, venv, &browser);
    let count = Count::of_vitest(&unit) + Count::of_playwright(&journeys);
    println!("── web client: {count}");
    outcome
}

fn run_stages(unit: &Path, journeys: &Path, venv: &Path, browser: &Path) -> Result<(), Failure> {
    let run = |script| npm::npm("web", &["run", "--silent", script]);
    stage("web check", &mut run("check"))?;
    let output = format!("--outputFile.json={}", unit.display());
    stage("web test", run("test").args(["--", "--reporter=default", "--reporter=json", &output]))?;
    stage("web build", &mut run("build"))?;
    stage("web budget", &mut run("budget"))?;
    let mut e2e = run("e2e");
    e2e.env("FRONTROW_LOCAL", binary("frontrow-local")?).env("FRONTROW_VENV", venv).env("FRONTROW_CHROMIUM", browser);
    stage("web e2e", e2e.args(["--", "--reporter=list,json"]).env("PLAYWRIGHT_JSON_OUTPUT_FILE", journeys))
}

fn needs_node() -> Result<(), Failure> {
    let missing = || Failure::new("the web client needs Node 20.19 or newer with its npm (https://nodejs.org); --no-web does without");
    npm::is_installed().then_some(()).ok_or_else(missing)
}

fn is_stale(web: &Path) -> bool {
    let built = std::fs::metadata(web.join("dist/index.html")).and_then(|built| built.modified());
    built.map_or(true, |built| newest(web).is_some_and(|newest| newest > built))
}

/// When something below the folder was last changed; removing a file changes its folder.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let sources = entries.filter(|entry| {
        let name = entry.file_name();
        !NOT_SOURCES.iter().any(|not| name == *not) && !name.to_string_lossy().starts_with('.')
    });
    let changed = sources.filter_map(|entry| {
        let own = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let below = entry.file_type().is_ok_and(|kind| kind.is_dir()).then(|| newest(&entry.path())).flatten();
        own.max(below)
    });
    changed.max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::Duration;

    #[test]
    fn the_client_is_stale_when_a_source_is_newer_than_its_first_page() {
        let web = std::env::temp_dir().join(format!("frontrow-xtask-web-{}", std::process::id()));
        std::fs::create_dir_all(web.join("src")).unwrap();
        let put = |name: &str, age: u64| {
            std::fs::create_dir_all(web.join(name).parent().unwrap()).unwrap();
            let file = File::create(web.join(name)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(10_000 - age)).unwrap();
        };
        let settle = |folder: &str| File::open(web.join(folder)).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        put("src/main.tsx", 50);
        settle("src");
        assert!(is_stale(&web), "nothing is built");
        put("dist/index.html", 40);
        assert!(!is_stale(&web));
        put("node_modules/a/index.js", 0);
        put("e2e/journey.spec.ts", 0);
        put(".npmrc", 0);
        assert!(!is_stale(&web), "none of these is a source");
        put("src/main.tsx", 30);
        settle("src");
        assert!(is_stale(&web));
        std::fs::remove_dir_all(web).unwrap();
    }
}
