//! `deploy-web`: puts the built client into a stack's bucket, in an order in which nobody ever meets half of it.

use super::build_if_stale;
use crate::run::{Failure, missing, name, output, root};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// What of the stack's outputs is needed.
const OUTPUTS: [&str; 5] = ["WebBucket", "WebConfig", "DistributionId", "LiveApiId", "LiveKeyId"];
/// Names below assets/ contain a hash of what they name.
const FOREVER: &str = "public, max-age=31536000, immutable";
const NEVER: &str = "no-cache";
/// AppSync's keys live a year at most, counted in whole hours.
const KEY_LIVES: Duration = Duration::from_hours(24 * 364);

/// One call of the AWS CLI.
#[derive(Debug)]
struct Call {
    arguments: Vec<String>,
    input: Option<String>,
}

/// Builds the client, uploads it to the stack and says so to CloudFront; a dry run only prints what it would call.
pub(crate) fn deploy(stack: &str, dry_run: bool) -> Result<(), Failure> {
    let question = describe(stack);
    if dry_run {
        let placeholders = OUTPUTS.iter().map(|name| ((*name).to_owned(), format!("<{name}>"))).collect();
        println!("{question}");
        calls(&placeholders, now() + KEY_LIVES)?.iter().for_each(|call| println!("{call}"));
        return Ok(());
    }
    build_if_stale()?;
    let outputs = outputs(&String::from_utf8_lossy(&output(&mut question.command())?));
    for call in calls(&outputs, now() + KEY_LIVES)? {
        println!("{call}");
        call.run()?;
    }
    println!("deployed to {}", outputs.get("Url").map_or(stack, String::as_str));
    Ok(())
}

fn describe(stack: &str) -> Call {
    let query = "Stacks[0].Outputs[].[OutputKey,OutputValue]";
    Call::new(&["cloudformation", "describe-stacks", "--stack-name", stack, "--query", query, "--output", "text"])
}

/// From lines of a name, a tab and a value.
fn outputs(text: &str) -> BTreeMap<String, String> {
    text.lines().filter_map(|line| line.split_once('\t')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Assets first, for pages name them; then what pages fetch; the page; the worker last, for it fetches the page. Assets of earlier
/// builds stay: somebody may have an earlier page open.
fn calls(outputs: &BTreeMap<String, String>, key_ends: SystemTime) -> Result<Vec<Call>, Failure> {
    let of = |name: &str| {
        let missing = || Failure::new(format!("the stack has no output {name}: deploy template.yaml first"));
        outputs.get(name).map(String::as_str).ok_or_else(missing)
    };
    let bucket = format!("s3://{}", of("WebBucket")?);
    let (assets, config) = (format!("{bucket}/assets"), format!("{bucket}/config.json"));
    let ends = key_ends.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string();
    let only =
        |file| Call::new(&["s3", "cp", "web/dist", &bucket, "--recursive", "--exclude", "*", "--include", file, "--cache-control", NEVER]);
    let mut others = Call::new(&["s3", "cp", "web/dist", &bucket, "--recursive", "--cache-control", NEVER]);
    for file in ["assets/*", ".vite/*", "index.html", "sw.js", "config.json", "manifest.webmanifest"] {
        others.arguments.extend(["--exclude".to_owned(), file.to_owned()]);
    }
    let mut manifest = only("manifest.webmanifest");
    manifest.arguments.extend(["--content-type".to_owned(), "application/manifest+json".to_owned()]);
    let mut configure = Call::new(&["s3", "cp", "-", &config, "--content-type", "application/json", "--cache-control", NEVER]);
    configure.input = Some(of("WebConfig")?.to_owned());
    let distribution = of("DistributionId")?;
    Ok(vec![
        Call::new(&["s3", "sync", "web/dist/assets", &assets, "--size-only", "--cache-control", FOREVER]),
        others,
        manifest,
        configure,
        only("index.html"),
        only("sw.js"),
        Call::new(&[
            "cloudfront",
            "create-invalidation",
            "--distribution-id",
            distribution,
            "--paths",
            "/index.html",
            "/sw.js",
            "/config.json",
            "/manifest.webmanifest",
        ]),
        Call::new(&["appsync", "update-api-key", "--api-id", of("LiveApiId")?, "--id", of("LiveKeyId")?, "--expires", &ends]),
    ])
}

impl Call {
    fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(), input: None }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("aws");
        // Without a pager the CLI waits for nobody.
        command.args(&self.arguments).env("AWS_PAGER", "").current_dir(root());
        command
    }

    fn run(&self) -> Result<(), Failure> {
        let mut command = self.command();
        let mut child = command.stdin(Stdio::piped()).spawn().map_err(|error| missing(&command, &error))?;
        let mut stdin = child.stdin.take().expect("it is piped");
        let written = stdin.write_all(self.input.as_deref().unwrap_or_default().as_bytes());
        drop(stdin);
        let ended = written.and_then(|()| child.wait()).map_err(|error| Failure::new(format!("aws: {error}")))?;
        if ended.success() { Ok(()) } else { Err(Failure::new(format!("{} failed", name(&command)))) }
    }
}

/// As one would type it.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(input) = &self.input {
            write!(f, "echo {} | ", quoted(input))?;
        }
        write!(f, "aws")?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {}", quoted(argument)))
    }
}

fn quoted(argument: &str) -> String {
    let is_plain = argument.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:=,".contains(&b));
    if is_plain && !argument.is_empty() { argument.to_owned() } else { format!("'{}'", argument.replace('\'', "'\\''")) }
}

#[expect(clippy::disallowed_methods, reason = "keys end by AWS's clock, which is everybody's")]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests;
