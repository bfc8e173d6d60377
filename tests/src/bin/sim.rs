//! `sim`: runs seeds of the simulation until one breaks a promise. `cargo xtask sim` builds and calls it.

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use tests::simulation::{self, STEPS, sabotages};
use tests::template::root;

#[derive(Parser)]
struct Options {
    /// How many seeds.
    #[arg(long, default_value_t = 300)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Steps of each before everybody goes home.
    #[arg(long, default_value_t = STEPS)]
    steps: u32,
    /// Prints what happens even if nothing breaks.
    #[arg(long)]
    trace: bool,
    /// Copies the sources to this folder, with deliberate mistakes in them, and lists those.
    #[arg(long, value_name = "FOLDER")]
    sabotage: Option<PathBuf>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(folder) = options.sabotage {
        return sabotage(&folder);
    }
    let began = Instant::now();
    let mut sold = 0;
    for seed in options.from..options.from + options.seeds {
        let ran = simulation::run(seed, options.steps);
        sold += ran.sold;
        if options.trace || !ran.broken.is_empty() {
            println!("{}", ran.trace);
        }
        if !ran.broken.is_empty() {
            println!("\nseed {seed} broke a promise:\n  {}", ran.broken.join("\n  "));
            return ExitCode::FAILURE;
        }
    }
    let seconds = began.elapsed().as_secs_f32();
    println!("{} seeds, {sold} places sold, no promise broken, {seconds:.1} s", options.seeds);
    ExitCode::SUCCESS
}

/// One line for each mistake: its name and its meaning.
fn sabotage(folder: &Path) -> ExitCode {
    if let Err(error) = sabotages::make_all(&root(), folder) {
        println!("{error}");
        return ExitCode::FAILURE;
    }
    for sabotage in sabotages::SABOTAGES {
        println!("{}\t{}", sabotage.name, sabotage.meaning);
    }
    ExitCode::SUCCESS
}
