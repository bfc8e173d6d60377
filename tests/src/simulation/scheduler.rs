//! One thing at a time: at every step the dice say who goes on, what becomes of their request, or how much time passes.

use super::dice::{Dice, Weather};
use super::fate::{Fate, answer, refusal};
use super::gate::Parked;
use super::people::{Foyer, Tab, Wallet, buyer, organizer, staff};
use super::theatre::Theatre;
use super::{machines, trace};
use crate::function_event::Person;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use domain::show::HOLD_SECONDS_MAX;
use futures_executor::{LocalPool, block_on};
use futures_util::FutureExt;
use futures_util::task::LocalSpawnExt;
use serde_json::Value;
use std::rc::Rc;

/// A step takes so long.
const STEP_MILLIS: i64 = 1;
/// No function that sells runs longer (`template.yaml`).
const FUNCTION_MILLIS: i64 = 60_000;
/// A copy of a request arrives within so long, or never.
const COPY_MILLIS: i64 = 10_000;
/// No claim that is not for good lasts longer.
const CLAIM_MILLIS_MAX: i64 = HOLD_SECONDS_MAX as i64 * 1_000;
/// When everybody has gone home all is settled within so many rounds.
const CALM_ROUNDS: u32 = 400;

/// A run of one seed.
pub(super) struct Scheduler {
    theatre: Rc<Theatre>,
    pool: LocalPool,
    copies: Vec<Copy>,
}

struct Copy {
    until: i64,
    request: HttpRequest,
    way: SharedHttpConnector,
}

/// How a run went.
#[derive(Debug)]
pub struct Ran {
    /// Places that were somebody's at the end.
    pub sold: usize,
    /// What happened, a line a step.
    pub trace: String,
    /// The promises that did not hold.
    pub broken: Vec<String>,
}

impl Scheduler {
    /// Everybody is there; nobody has moved.
    pub(super) fn new(seed: u64) -> Self {
        let dice = Dice::new(seed);
        let weather = Weather::of(&dice);
        let theatre = Rc::new(block_on(Theatre::new(seed, dice, weather)));
        theatre.note(&format!("{weather:?}"));
        let scheduler = Self { theatre, pool: LocalPool::new(), copies: Vec::new() };
        scheduler.invite();
        scheduler
    }

    fn invite(&self) {
        let theatre = &self.theatre;
        let foyer = Rc::new(Foyer::default());
        let tabs: [(u64, &[&str]); 5] =
            [(11, &["anna-1", "anna-2"]), (12, &["ben-1", "ben-2"]), (13, &["cleo-1", "cleo-2"]), (14, &["dev"]), (15, &["esha"])];
        for (number, names) in tabs {
            let wallet = Rc::new(Wallet::default());
            for name in names {
                let tab = Tab { name, person: Person::number(number), wallet: wallet.clone() };
                self.spawn(buyer(theatre.clone(), foyer.clone(), tab));
            }
        }
        let employee = Person::number(crate::stage::EMPLOYEE);
        self.spawn(staff(theatre.clone(), foyer.clone(), "door-1", employee.clone().in_groups("staff")));
        self.spawn(staff(theatre.clone(), foyer.clone(), "door-2", employee.clone().in_groups("staff")));
        self.spawn(organizer(theatre.clone(), foyer, employee.in_groups("organizer")));
        self.spawn(machines::stream_reader(theatre.clone(), "holds-expire"));
        self.spawn(machines::stream_reader(theatre.clone(), "outbox-dispatch"));
        self.spawn(machines::worker(theatre.clone(), "/payments", "payments-work"));
        self.spawn(machines::worker(theatre.clone(), "/payments", "payments-work"));
        self.spawn(machines::worker(theatre.clone(), "/events", "events-close"));
        self.spawn(machines::worker(theatre.clone(), "/invoices", "invoices-issue"));
        self.spawn(machines::schedule(theatre.clone(), "payments-reconcile"));
    }

    fn spawn(&self, somebody: impl Future<Output = ()> + 'static) {
        self.pool.spawner().spawn_local(somebody).expect("the pool is there");
    }

    /// So many steps, then as many as it takes until nothing is pending.
    pub(super) fn run(mut self, steps: u32) -> Ran {
        for _ in 0..steps {
            self.step();
            if self.theatre.witness.borrow().objects() {
                return self.end();
            }
        }
        self.settle_everything();
        if !self.theatre.witness.borrow().objects() {
            self.theatre.witness.borrow_mut().look_at_the_end(&self.theatre);
        }
        self.end()
    }

    fn end(self) -> Ran {
        let trace = self.theatre.trace.borrow();
        let witness = self.theatre.witness.borrow();
        Ran { trace: trace.text(), sold: witness.sold(), broken: witness.objections() }
    }

    fn step(&mut self) {
        let theatre = self.theatre.clone();
        theatre.step.set(theatre.step.get() + 1);
        theatre.gate.pass(STEP_MILLIS);
        theatre.end_overdue(FUNCTION_MILLIS);
        self.pool.run_until_stalled();
        let (dice, weather) = (&theatre.dice, &theatre.weather);
        let (requests, turns) = theatre.gate.with(|waiting| (waiting.requests.len(), waiting.turns.len()));
        if dice.permille(weather.jump) {
            self.jump();
        } else if !self.copies.is_empty() && dice.permille(100) {
            self.copy_arrives();
        } else if turns > 0 && (requests == 0 || dice.permille(weather.bustle)) {
            let (_, go) = theatre.gate.with(|waiting| waiting.turns.remove(dice.below(turns)));
            let _ = go.send(());
        } else if requests > 0 {
            let parked = theatre.gate.with(|waiting| waiting.requests.remove(dice.below(requests)));
            let fate = Fate::of(dice, weather, operation(&parked.request));
            self.meet(parked, fate);
        } else {
            self.jump();
        }
        self.pool.run_until_stalled();
    }

    /// Time passes: mostly little, sometimes so much that everything under way is over.
    fn jump(&mut self) {
        let theatre = &self.theatre;
        let millis = match theatre.dice.below(6) {
            0..=2 => theatre.dice.between(100, 3_000),
            3 | 4 => theatre.dice.between(3_000, 40_000),
            _ => theatre.dice.between(40_000, 400_000),
        };
        theatre.note(&format!("{} s pass", millis / 1_000));
        theatre.gate.pass(millis);
        if theatre.dice.permille(300) {
            machines::expire(theatre, false);
        }
    }

    fn meet(&mut self, parked: Parked, fate: Fate) {
        let theatre = self.theatre.clone();
        let operation = operation(&parked.request).to_owned();
        let body: Value = serde_json::from_slice(parked.request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let done = fate.is_done().then(|| self.carry_out(&parked.request, &parked.way, &body));
        let outcome = done.as_ref().map_or_else(String::new, |done| format!(" {}", outcome(done)));
        theatre.note(&format!("{}: {operation} {}{outcome}{}", parked.by.name, trace::subject(&operation, &body), told(fate)));
        match fate {
            Fate::Copied => {
                let (request, way) = (parked.request.try_clone().expect("its body is bytes"), parked.way.clone());
                self.copies.push(Copy { until: theatre.gate.millis() + COPY_MILLIS, request, way });
                parked.answer(done.expect("it is done"));
            }
            Fate::Delivered => parked.answer(done.expect("it is done")),
            Fate::Dropped | Fate::ReplyLost => parked.answer(Err(ConnectorError::io("the connection broke".into()))),
            Fate::Throttled | Fate::Conflicting | Fate::Failing => parked.answer(Ok(refusal(fate, &operation))),
            Fate::CrashedBefore | Fate::CrashedAfter => parked.by.kill.abort(),
        }
        if fate.is_done() && writes(&operation) {
            theatre.witness.borrow_mut().look(&theatre);
        }
    }

    fn carry_out(&self, request: &HttpRequest, way: &SharedHttpConnector, body: &Value) -> Result<HttpResponse, ConnectorError> {
        if operation(request) == "SendMessage" {
            return Ok(answer(200, &self.theatre.post.send(body, self.theatre.gate.millis())));
        }
        way.call(request.try_clone().expect("its body is bytes")).now_or_never().expect("the database is in this process")
    }

    fn copy_arrives(&mut self) {
        let theatre = self.theatre.clone();
        let now = theatre.gate.millis();
        self.copies.retain(|copy| copy.until >= now);
        if self.copies.is_empty() {
            return;
        }
        let copy = self.copies.remove(theatre.dice.below(self.copies.len()));
        let body: Value = serde_json::from_slice(copy.request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let operation = operation(&copy.request);
        let done = self.carry_out(&copy.request, &copy.way, &body);
        theatre.note(&format!("a copy arrives: {operation} {} {}", trace::subject(operation, &body), outcome(&done)));
        theatre.witness.borrow_mut().look(&theatre);
    }

    /// People go home; nothing breaks any more; the machines run until nothing is left to do.
    fn settle_everything(&mut self) {
        let theatre = self.theatre.clone();
        theatre.calm.set(true);
        theatre.note("everybody goes home");
        self.copies.clear();
        self.finish_requests();
        for _ in 0..CALM_ROUNDS {
            self.run_machines();
            machines::expire(&theatre, true);
            self.run_machines();
            let Some(due) = machines::next_due(&theatre).filter(|_| !theatre.witness.borrow().objects()) else {
                // What a crash left claimed lapses by itself.
                return theatre.gate.pass(CLAIM_MILLIS_MAX);
            };
            let wait = (due - theatre.gate.millis()).max(0) + 1_000;
            theatre.note(&format!("{} s pass", wait / 1_000));
            theatre.gate.pass(wait);
        }
        theatre.witness.borrow_mut().object("something is pending for ever".to_owned());
    }

    /// Lets each machine run, again and again, as long as they ask for anything.
    fn run_machines(&mut self) {
        let theatre = self.theatre.clone();
        // Each takes a few turns for what the others leave to it.
        for _ in 0..12 {
            let machines = theatre.gate.with(|waiting| {
                let (machines, people): (Vec<_>, Vec<_>) =
                    std::mem::take(&mut waiting.turns).into_iter().partition(|(name, _)| is_machine(name));
                waiting.turns = people;
                machines
            });
            for (_, go) in machines {
                let _ = go.send(());
                self.finish_requests();
            }
        }
    }

    fn finish_requests(&mut self) {
        let theatre = self.theatre.clone();
        loop {
            self.pool.run_until_stalled();
            theatre.step.set(theatre.step.get() + 1);
            if let Some(parked) = theatre.gate.with(|waiting| (!waiting.requests.is_empty()).then(|| waiting.requests.remove(0))) {
                self.meet(parked, Fate::Delivered);
            } else if theatre.gate.with(|waiting| waiting.sleepers.is_empty()) {
                return;
            } else {
                theatre.gate.pass(1_000);
            }
        }
    }
}

fn is_machine(name: &str) -> bool {
    Theatre::template().function(name).is_some()
}

fn operation(request: &HttpRequest) -> &str {
    request.headers().get("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
}

fn writes(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems")
}

fn outcome(done: &Result<HttpResponse, ConnectorError>) -> String {
    let Ok(response) = done else { return "failed".to_owned() };
    let body: Value = serde_json::from_slice(response.body().bytes().unwrap_or_default()).unwrap_or_default();
    let kind = body["__type"].as_str().and_then(|kind| kind.rsplit('#').next());
    kind.map_or_else(|| response.status().to_string(), str::to_owned)
}

fn told(fate: Fate) -> &'static str {
    match fate {
        Fate::Delivered => "",
        Fate::Dropped => "  -- never arrives",
        Fate::ReplyLost => "  -- the answer is lost",
        Fate::Copied => "  -- a copy is still on its way",
        Fate::Throttled => "  -- throttled",
        Fate::Conflicting => "  -- in somebody's transaction",
        Fate::Failing => "  -- the service fails",
        Fate::CrashedBefore => "  -- whoever sent it dies before",
        Fate::CrashedAfter => "  -- whoever sent it dies after",
    }
}
