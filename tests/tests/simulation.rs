//! Seeds of the simulation (`docs/simulation.md`), on every core.

use std::sync::atomic::{AtomicU64, Ordering};
use tests::simulation::{self, STEPS, sabotages};
use tests::template::root;

const SEEDS: u64 = 300;

#[test]
fn three_hundred_seeds_break_no_promise() {
    let (next, sold) = (AtomicU64::new(0), AtomicU64::new(0));
    let runner = || {
        while let seed = next.fetch_add(1, Ordering::Relaxed)
            && seed < SEEDS
        {
            let ran = simulation::run(seed, STEPS);
            sold.fetch_add(ran.sold as u64, Ordering::Relaxed);
            assert!(ran.broken.is_empty(), "{}\n\nseed {seed}: {:#?}\ncargo xtask sim --from {seed} --seeds 1", ran.trace, ran.broken);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, std::num::NonZero::get) {
            scope.spawn(runner);
        }
    });
    // A run in which nobody gets anything proves nothing.
    assert!(sold.into_inner() > SEEDS, "hardly anybody bought anything");
}

#[test]
fn the_same_seed_is_the_same_run() {
    for seed in [3, 17] {
        let (one, other) = (simulation::run(seed, STEPS), simulation::run(seed, STEPS));
        let differs = one.trace.lines().zip(other.trace.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "seed {seed}");
        assert_eq!(one.trace.lines().count(), other.trace.lines().count());
    }
    assert_ne!(simulation::run(3, STEPS).trace, simulation::run(4, STEPS).trace);
}

#[test]
fn every_sabotage_still_has_its_place_in_the_sources() {
    let files = sabotages::mistaken(&root()).unwrap();
    for sabotage in sabotages::SABOTAGES {
        assert!(files.values().any(|text| text.contains(&format!("{:?}", sabotage.name))), "{}", sabotage.name);
    }
}
