//! What people may say on the command line.

use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// The whole platform on this machine.
#[derive(Debug, Clone, Parser)]
#[command(name = "frontrow-local", version)]
pub struct Options {
    /// Where to listen, on loopback; 0 takes any free port.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Do not serve the web client.
    #[arg(long)]
    pub no_web: bool,
    /// The built web client; otherwise web/dist.
    #[arg(long, value_name = "DIR", conflicts_with = "no_web")]
    pub web: Option<PathBuf>,
    /// Make no demo events; the demo accounts are there all the same.
    #[arg(long)]
    pub no_demo: bool,
    /// Make so many numbered buyers: buyer1@, buyer2@ …
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub buyers: u32,
    /// Keep everything in this folder; without it everything is forgotten at the end.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Use this database, as DynamoDB Local, instead of the embedded one.
    #[arg(long, value_name = "URL")]
    pub dynamodb: Option<String>,
    /// Link the functions in, or have `cargo lambda watch` build and run each when it is called.
    #[arg(long, value_enum, default_value_t = FunctionsMode::Linked)]
    pub functions: FunctionsMode,
    /// Use a ministack that runs already.
    #[arg(long, value_name = "URL")]
    pub helper: Option<String>,
    /// How often payments-reconcile runs, whatever the template says.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub reconcile_seconds: u64,
    /// End when standard input ends: for programs that start this one and may be killed.
    #[arg(long, hide = true)]
    pub end_with_stdin: bool,
    /// The folder with template.yaml.
    #[arg(long, hide = true, default_value_os_t = super::project_root().to_owned())]
    pub root: PathBuf,
    /// The folder of the Python environment.
    #[arg(long, hide = true)]
    pub venv: Option<PathBuf>,
}

/// Where functions run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FunctionsMode {
    /// In this process.
    Linked,
    /// Under `cargo lambda watch`.
    Watch,
}

impl Options {
    /// A program of the Python environment.
    pub fn tool(&self, name: &str) -> PathBuf {
        let venv = self.venv.clone().unwrap_or_else(|| self.root.join(".frontrow/venv"));
        venv.join("bin").join(name)
    }

    /// The folder of the web client, unless it is not wanted or not built.
    pub(super) fn web(&self) -> Option<PathBuf> {
        let folder = self.web.clone().unwrap_or_else(|| self.root.join("web/dist"));
        Some(folder).filter(|folder| !self.no_web && folder.join("index.html").exists())
    }

    pub(super) fn python(&self) -> PathBuf {
        self.tool("python")
    }
}
