//! A running local cloud, and people who talk to it over HTTP as any client would.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;

/// Everybody's password.
pub const PASSWORD: &str = "Frontrow-demo-1";
/// How many demo buyers the shared cloud has.
pub const BUYERS: usize = 200;
/// What the emulated Cognito sends to everybody.
const CODE: &str = "123456";
/// How long anything that happens by itself may take.
const PATIENCE: Duration = Duration::from_secs(20);

static SHARED: OnceCell<Cloud> = OnceCell::const_new();
static NAMES: AtomicU32 = AtomicU32::new(1);

/// A local cloud in a process of its own; it ends when this value, or the test process, ends.
pub struct Cloud {
    /// Where it answers.
    pub base: String,
    /// Shared connections.
    pub http: reqwest::Client,
    child: Child,
    _stdin: ChildStdin,
}

impl Drop for Cloud {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The cloud that most tests share.
pub async fn shared() -> &'static Cloud {
    SHARED.get_or_init(|| async { Cloud::start(&["--no-demo", "--buyers", &BUYERS.to_string()]).await }).await
}

impl Cloud {
    /// Starts a local cloud with these further flags and waits until it is ready.
    pub async fn start(flags: &[&str]) -> Self {
        let flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        let starting = tokio::task::spawn_blocking(move || {
            let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
            Self::try_start(&flags)
        });
        starting.await.expect("starting does not panic").expect("it says ready before it ends")
    }

    /// The same, unless it ends before it is ready.
    pub fn try_start(flags: &[&str]) -> Option<Self> {
        let mut child = Self::command(flags).spawn().expect("frontrow-local is built by cargo xtask test");
        let stdin = child.stdin.take().expect("piped");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let base = loop {
            let Some(line) = lines.next() else {
                let _ = child.wait();
                return None;
            };
            let line = line.expect("text");
            if let Some(base) = line.strip_prefix("ready ") {
                break base.to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        // Tests have a runtime each, which idle connections would not survive.
        let http = reqwest::Client::builder().timeout(PATIENCE * 3).pool_max_idle_per_host(0).build().expect("a client");
        Some(Self { base, http, child, _stdin: stdin })
    }

    /// The command that starts it.
    pub fn command(flags: &[&str]) -> Command {
        let own = std::env::current_exe().expect("a running test");
        let folder = own.parent().expect("a file lies in a folder");
        let folder = if folder.ends_with("deps") { folder.parent().expect("target/debug") } else { folder };
        let binary = folder.join("frontrow-local");
        let mut command = Command::new(binary);
        command.args(["--port", "0", "--end-with-stdin"]).args(flags);
        if let Some(venv) = python_environment() {
            command.arg("--venv").arg(venv);
        }
        // Minutes are seconds here.
        command.env("PAYMENT_ASK_EVERY_SECONDS", "1").env("PAYMENT_WAIT_FOR_LATE_SECONDS", "4");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// Whether the process has ended by itself.
    pub fn is_gone(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_some()
    }

    /// Asks the process to end and waits until it has.
    pub async fn end(mut self) -> std::process::ExitStatus {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        tokio::task::spawn_blocking(move || self.child.wait().expect("a child")).await.expect("waiting does not panic")
    }

    /// Sends a request as nobody.
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.send_as(None, method, path, body).await
    }

    async fn send_as(&self, token: Option<&str>, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let method = method.parse().expect("a method");
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request).await
    }

    /// Signs somebody up, confirms the address and signs in.
    pub async fn somebody(&self) -> Person<'_> {
        let name = format!("person-{}-{}", std::process::id(), NAMES.fetch_add(1, Ordering::Relaxed));
        let email = format!("{name}@example.org");
        let body = json!({"email": email, "password": PASSWORD, "name": "Some Body"});
        self.send("POST", "/v1/auth/sign-up", Some(&body)).await.expect(201);
        self.send("POST", "/v1/auth/confirm", Some(&json!({"email": email, "code": CODE}))).await.expect(204);
        self.sign_in(&email).await
    }

    /// Signs a demo account in, as `organizer` or `buyer7`.
    pub async fn demo(&self, name: &str) -> Person<'_> {
        self.sign_in(&format!("{name}@demo.frontrow.test")).await
    }

    /// Signs the first `count` demo buyers in.
    pub async fn buyers(&'static self, count: usize) -> Vec<Person<'static>> {
        let mut signing_in = tokio::task::JoinSet::new();
        for i in 1..=count {
            signing_in.spawn(self.demo_static(i));
        }
        signing_in.join_all().await
    }

    async fn demo_static(&'static self, i: usize) -> Person<'static> {
        self.demo(&format!("buyer{i}")).await
    }

    /// Signs in whoever has this address and everybody's password.
    pub async fn sign_in(&self, email: &str) -> Person<'_> {
        let body = json!({"email": email, "password": PASSWORD});
        let answer = self.send("POST", "/v1/auth/sign-in", Some(&body)).await.expect(200);
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        Person { cloud: self, email: email.to_owned(), token: text("accessToken"), refresh_token: text("refreshToken") }
    }

    /// Waits until streams and queues have nothing left to do.
    pub async fn settled(&self) {
        self.send("POST", "/_local/streams/idle", None).await.expect(200);
    }

    /// Asks again and again until the answer satisfies, for things that happen by themselves.
    pub async fn eventually<F: Future<Output = Option<T>>, T>(&self, what: &str, ask: impl Fn() -> F) -> T {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            assert!(tokio::time::Instant::now() < until, "{what} did not happen in {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// A published show in a fresh hall; `details` are further members of the show.
    pub async fn show(&self, sections: Value, prices: Value, details: Value) -> Show {
        self.shows(sections, prices, details, 1).await.remove(0)
    }

    /// So many published shows of one event in a fresh hall.
    pub async fn shows(&self, sections: Value, prices: Value, details: Value, count: usize) -> Vec<Show> {
        let organizer = self.demo("organizer").await;
        let admin = self.demo("admin").await;
        let hall =
            json!({"name": "Hall", "address": "1 Road", "city": "Pune", "timeZone": "Asia/Kolkata", "amenities": [], "sections": sections});
        let venue = organizer.post("/v1/venues", &hall).await.expect(201);
        let mut show = json!({"venueId": venue["venueId"], "startsAt": starts_at(), "prices": prices});
        show.as_object_mut().expect("an object").extend(details.as_object().expect("an object").clone());
        let event = json!({"title": "A play", "description": "It is one.", "category": "THEATER", "tags": [], "shows": vec![show; count]});
        let event = organizer.post("/v1/events", &event).await.expect(201);
        let id = event["eventId"].as_str().expect("an id").to_owned();
        organizer.post(&format!("/v1/events/{id}/submit"), &json!({})).await.expect(200);
        admin.post(&format!("/v1/events/{id}/approve"), &json!({})).await.expect(200);
        let published = organizer.post(&format!("/v1/events/{id}/publish"), &json!({})).await.expect(200);
        assert_eq!(published["status"], "PUBLISHED");
        let event = self.send("GET", &format!("/v1/events/{id}"), None).await.expect(200);
        let shows = event["shows"].as_array().expect("shows").iter();
        shows.map(|show| Show { event: id.clone(), show: show["showId"].as_str().expect("an id").to_owned() }).collect()
    }

    /// A show with row A of 40 seats and row B of 40, at 500 rupees each.
    pub async fn small_show(&self, details: Value) -> Show {
        let rows = json!([{"label": "A", "seats": 40}, {"label": "B", "seats": 40}]);
        let sections = json!([{"code": "S", "name": "Stalls", "kind": "seated", "rows": rows, "priceLevel": "STD"}]);
        self.show(sections, json!({"STD": {"amount": 50_000, "currency": "INR"}}), details).await
    }

    /// The letters of one row of the seat map, past every cache.
    pub async fn row(&self, show: &Show, row: &str) -> String {
        let map = self.send("GET", &format!("/v1/shows/{}/seats", show.show), None).await.expect(200);
        let sections = map["sections"].as_array().expect("sections").iter();
        let rows = sections.flat_map(|section| section["rows"].as_array().expect("rows").iter());
        rows.filter(|shown| shown["row"] == row).map(|shown| shown["states"].as_str().expect("letters")).collect()
    }
}

/// Where `cargo xtask test` keeps the Python tools, unless that is the usual place.
#[expect(clippy::disallowed_methods, reason = "tests have no other settings")]
pub(crate) fn python_environment() -> Option<std::path::PathBuf> {
    std::env::var_os("FRONTROW_VENV").map(Into::into)
}

/// Half a day from now.
fn starts_at() -> String {
    let clock = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    jiff::Timestamp::from_second(i64::try_from(clock).expect("this era") + 43_200).expect("a moment").to_string()
}

/// A published show.
#[derive(Debug, Clone)]
pub struct Show {
    /// Its event.
    pub event: String,
    /// Itself.
    pub show: String,
}

impl Show {
    /// The path of the caller's hold.
    pub fn hold(&self) -> String {
        format!("/v1/shows/{}/hold", self.show)
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person<'a> {
    /// Where.
    pub cloud: &'a Cloud,
    /// Their address.
    pub email: String,
    /// Their access token.
    pub token: String,
    /// Their refresh token.
    pub refresh_token: String,
}

impl Person<'_> {
    /// Sends a request as this person.
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.cloud.send_as(Some(&self.token), method, path, body).await
    }

    /// Posts this as this person.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body)).await
    }

    /// Gets this as this person.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// Holds these seats.
    pub async fn hold(&self, show: &Show, seats: &[&str]) -> Answer {
        self.post(&show.hold(), &json!({"seats": seats})).await
    }

    /// Books what is held, to be paid at the sandbox.
    pub async fn book(&self, show: &Show) -> Value {
        self.post("/v1/bookings", &json!({"showId": show.show, "provider": "sandbox"})).await.expect(201)
    }

    /// Pays a booking at the sandbox and returns the proof.
    pub async fn pay(&self, booking: &Value, webhook: &str) -> Value {
        let payment = booking["payment"]["paymentId"].as_str().expect("an id");
        let action = json!({"action": "authorize", "webhook": webhook});
        self.post(&format!("/v1/sandbox/payments/{payment}"), &action).await.expect(200)["proof"].clone()
    }

    /// Brings a proof.
    pub async fn confirm(&self, booking: &Value, proof: &Value) -> Answer {
        self.post(&format!("/v1/bookings/{}/confirm", booking["bookingId"].as_str().expect("an id")), proof).await
    }

    /// The booking as it is now.
    pub async fn booking(&self, booking: &Value) -> Value {
        self.get(&format!("/v1/bookings/{}", booking["bookingId"].as_str().expect("an id"))).await.expect(200)
    }

    /// Waits until the booking has this status.
    pub async fn booking_becomes(&self, booking: &Value, status: &str) -> Value {
        let ask = || async { Some(self.booking(booking).await).filter(|booking| booking["status"] == status) };
        self.cloud.eventually(&format!("a booking that is {status}"), ask).await
    }

    /// Waits until the booking's payment has this status.
    pub async fn payment_becomes(&self, booking: &Value, status: &str) -> Value {
        let ask = || async { Some(self.booking(booking).await).filter(|booking| booking["payment"]["status"] == status) };
        self.cloud.eventually(&format!("a payment that is {status}"), ask).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers, lower-cased.
    pub headers: reqwest::header::HeaderMap,
    /// JSON, or the text as a string.
    pub body: Value,
    /// What the body is made of.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Sends and reads.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        Self::try_of(request).await.expect("an answer")
    }

    /// The same, unless nobody answers.
    pub async fn try_of(request: reqwest::RequestBuilder) -> Option<Self> {
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.ok()?.to_vec();
        let text = String::from_utf8_lossy(&bytes);
        let body = serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.into_owned()));
        Some(Self { status, headers, body, bytes })
    }

    /// The body, if the status is this.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The problem's type, as `seats-taken`; empty for anything else.
    pub fn problem(&self) -> &str {
        let is_problem = self.headers.get("content-type").is_some_and(|value| value == "application/problem+json");
        let kind = self.body["type"].as_str().filter(|_| is_problem).unwrap_or_default();
        kind.strip_prefix("/problems/").unwrap_or_default()
    }
}
