//! Starts the helper and makes sure that it ends with us, even if we are killed.

use crate::{ACCESS_KEY, ACCOUNT_ID, REGION, SECRET_KEY};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, ChildStdin, Command};

/// The launcher watches its standard input, which the operating system closes when we are gone.
const LAUNCHER: &str = include_str!("helper.py");
const READY_WITHIN: Duration = Duration::from_secs(30);
const GONE_WITHIN: Duration = Duration::from_secs(10);

/// How to start it.
pub struct HelperSettings<'a> {
    /// The Python that has ministack.
    pub python: &'a Path,
    /// Where its state is kept, if it is.
    pub data: Option<&'a Path>,
    /// Where it says what it does.
    pub log: &'a Path,
}

/// The running helper.
pub struct HelperProcess {
    /// Where it listens.
    pub url: String,
    log: PathBuf,
    child: Child,
    lifeline: Option<ChildStdin>,
}

/// It did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Python or ministack is missing.
    #[error("{0} is missing: start with `cargo xtask up`, which installs it")]
    NoPython(PathBuf),
    /// It could not be started.
    #[error("the helper process could not be started")]
    Failed(#[from] std::io::Error),
    /// It ended or kept silent.
    #[error("the helper process did not come up: see {0}")]
    Silent(PathBuf),
}

impl HelperProcess {
    /// Starts it and waits until it answers.
    pub async fn start(settings: &HelperSettings<'_>) -> Result<Self, StartError> {
        if !settings.python.exists() {
            return Err(StartError::NoPython(settings.python.to_owned()));
        }
        let port = free_port()?;
        let log = std::fs::File::create(settings.log)?;
        let mut command = Command::new(settings.python);
        command
            .args(["-c", LAUNCHER])
            .envs(environment(port, settings.data))
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C is for us; the helper ends after us, when there is nothing left to serve.
            .process_group(0);
        let mut child = command.spawn()?;
        let lifeline = child.stdin.take();
        let mut process = Self { url: format!("http://127.0.0.1:{port}"), log: settings.log.to_owned(), child, lifeline };
        process.wait_until_ready(settings.log).await?;
        Ok(process)
    }

    async fn wait_until_ready(&mut self, log: &Path) -> Result<(), StartError> {
        let http = reqwest::Client::new();
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN && self.child.try_wait()?.is_none() {
            let answer = http.get(format!("{}/_ministack/health", self.url)).timeout(Duration::from_secs(2)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(StartError::Silent(log.to_owned()))
    }

    /// Ends it, and waits until it has saved what it keeps.
    pub async fn stop(mut self) {
        drop(self.lifeline.take());
        if tokio::time::timeout(GONE_WITHIN, self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
        // It only speaks of trouble; a log without any is of no use to anybody.
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() == 0) {
            let _ = std::fs::remove_file(&self.log);
        }
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn environment(port: u16, data: Option<&Path>) -> Vec<(&'static str, String)> {
    let plain = [
        ("GATEWAY_PORT", port.to_string()),
        ("EDGE_PORT", port.to_string()),
        ("BIND_HOST", "127.0.0.1".to_owned()),
        ("MINISTACK_REGION", REGION.to_owned()),
        ("MINISTACK_ACCOUNT_ID", ACCOUNT_ID.to_owned()),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
        ("AWS_DEFAULT_REGION", REGION.to_owned()),
        ("IOT_MTLS_ENABLED", "0".to_owned()),
        ("SFTP_ENABLED", "0".to_owned()),
        ("AUTH", "true".to_owned()),
        ("LOG_LEVEL", "WARNING".to_owned()),
    ];
    let mut all = Vec::from(plain);
    match data {
        Some(data) => all.extend([
            ("PERSIST_STATE", "1".to_owned()),
            ("STATE_DIR", data.join("helper").to_string_lossy().into_owned()),
            ("S3_PERSIST", "1".to_owned()),
            ("S3_DATA_DIR", data.join("objects").to_string_lossy().into_owned()),
        ]),
        None => all.push(("PERSIST_STATE", "0".to_owned())),
    }
    all
}
