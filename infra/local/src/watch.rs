//! `--functions watch`: every function is built and run by `cargo lambda watch` when it is first called.

use crate::up::Options;
use crate::{ACCESS_KEY, SECRET_KEY};
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const READY_WITHIN: Duration = Duration::from_mins(1);
const GONE_WITHIN: Duration = Duration::from_secs(5);
/// Calls of one function at the same time; payments-work calls the gateway, which calls functions.
const CONCURRENCY: &str = "4";

/// It did not start.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// It is not installed.
    #[error("{0} is missing: start with `cargo xtask up`, which installs it")]
    Missing(PathBuf),
    /// It cannot be run.
    #[error("cargo lambda watch cannot be run")]
    Failed(#[from] std::io::Error),
    /// It ended or kept silent.
    #[error("cargo lambda watch did not come up")]
    Silent,
}

/// The running watcher.
pub struct Watch {
    /// Its Invoke API.
    pub url: String,
    child: Child,
}

impl Watch {
    /// Starts it with the functions' settings.
    pub async fn start(options: &Options, settings: &HashMap<String, String>, dynamodb_url: &str) -> Result<Self, WatchError> {
        let tool = options.tool("cargo-lambda");
        if !tool.exists() {
            return Err(WatchError::Missing(tool));
        }
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new(&tool);
        command
            .args(["lambda", "watch", "--ignore-changes", "--wait", "--invoke-address", "127.0.0.1", "--invoke-port", &port.to_string()])
            .args(["--concurrency", CONCURRENCY])
            .current_dir(&options.root)
            .envs(settings)
            .env("AWS_ENDPOINT_URL_DYNAMODB", dynamodb_url)
            .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            // It must build with what is installed, and fetch no toolchain.
            .env("CARGO_LAMBDA_COMPILER", "cargo")
            .env("RUSTUP_DIST_SERVER", "http://127.0.0.1:9")
            .env("RUSTUP_UPDATE_ROOT", "http://127.0.0.1:9")
            .stdin(std::process::Stdio::null())
            .process_group(0)
            .kill_on_drop(true);
        let mut watch = Self { url: format!("http://127.0.0.1:{port}"), child: command.spawn()? };
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN && watch.child.try_wait()?.is_none() {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(watch);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(WatchError::Silent)
    }

    /// Ends it and the functions it runs: they are of its process group.
    pub async fn stop(mut self) {
        let group = self.child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
        if let Some(group) = group {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TERM);
        }
        if tokio::time::timeout(GONE_WITHIN, self.child.wait()).await.is_err() {
            if let Some(group) = group {
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            let _ = self.child.wait().await;
        }
    }
}
