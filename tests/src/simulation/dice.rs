//! Chance: everything that is not decided by the code under test is decided here, by the seed.

use std::cell::RefCell;
use std::rc::Rc;

/// Dice. Cheap to clone; all clones throw from the same seed.
#[derive(Debug, Clone)]
pub(super) struct Dice(Rc<RefCell<fastrand::Rng>>);

impl Dice {
    /// Those of this seed. The SDK's own pauses between repetitions go by them too.
    pub(super) fn new(seed: u64) -> Self {
        fastrand::seed(seed);
        Self(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed))))
    }

    /// Below `n`.
    pub(super) fn below(&self, n: usize) -> usize {
        self.0.borrow_mut().usize(..n)
    }

    /// Between these, both included.
    pub(super) fn between(&self, least: i64, most: i64) -> i64 {
        self.0.borrow_mut().i64(least..=most)
    }

    /// True so many times of a thousand.
    pub(super) fn permille(&self, times: u32) -> bool {
        self.0.borrow_mut().u32(..1_000) < times
    }

    /// One of these.
    pub(super) fn one_of<'a, T>(&self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// One of these, as often as its weight says.
    pub(super) fn weighted<T: Copy>(&self, of: &[(T, u32)]) -> T {
        let all: u32 = of.iter().map(|(_, weight)| weight).sum();
        let mut left = self.0.borrow_mut().u32(..all);
        for (what, weight) in of {
            if left < *weight {
                return *what;
            }
            left -= weight;
        }
        unreachable!("the weights were added up")
    }
}

/// How rough a run is. Each seed has its own: some are calm but crowded, some lose every tenth answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather {
    /// How often a request meets trouble, of a thousand.
    pub(super) trouble: u32,
    /// How often an invocation dies, of a thousand requests.
    pub(super) crash: u32,
    /// How often time jumps, of a thousand steps.
    pub(super) jump: u32,
    /// How often somebody idle begins something rather than something under way goes on, of a thousand steps.
    pub(super) bustle: u32,
    /// Whether the organizer may call the event off.
    pub(super) call_off: bool,
}

impl Weather {
    /// Of this seed.
    pub(super) fn of(dice: &Dice) -> Self {
        Self {
            trouble: *dice.one_of(&[0, 20, 60, 120, 200]),
            crash: *dice.one_of(&[0, 5, 15, 40]),
            jump: *dice.one_of(&[2, 10, 25]),
            bustle: *dice.one_of(&[100, 200, 350]),
            call_off: dice.permille(250),
        }
    }
}
