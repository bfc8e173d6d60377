//! Deterministic simulation: the real handlers, stream readers, workers and the reconciler on one thread, behind a gate at which a
//! seeded scheduler decides what becomes of every request. The same seed is the same run. See `docs/simulation.md`.

mod dice;
mod fate;
mod gate;
mod machines;
mod people;
mod post;
pub mod sabotages;
mod scheduler;
mod theatre;
mod trace;
mod witness;

pub use scheduler::Ran;

/// Steps of a run before everybody goes home.
pub const STEPS: u32 = 500;

/// Runs one seed.
pub fn run(seed: u64, steps: u32) -> Ran {
    scheduler::Scheduler::new(seed).run(steps)
}
