//! Payment providers of our own making: HTTP servers that keep books as the real ones are documented to, sign their web hooks,
//! and fail on demand.

pub mod razorpay;
pub mod sandbox;
pub mod stripe;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is asked of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// To make a payment known.
    Create,
    /// How things are.
    Report,
    /// To take the money.
    Capture,
    /// To give it up.
    Void,
    /// To send it back.
    Refund,
}

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It is done, but the answer never comes.
    SilentAfter,
    /// It is not done, and no answer comes.
    SilentBefore,
    /// It is done, and the answer says that something is broken.
    BrokenAfter,
    /// It is not done, and the answer says that something is broken.
    BrokenBefore,
    /// Too many calls: it is not done.
    TooMany,
    /// It is done, and the answer takes its time.
    Slow,
    /// It is not done, and the answer for this key stays that something is broken, until keys are forgotten.
    BrokenForGood,
}

/// Every fault.
pub const FAULTS: [Fault; 7] =
    [Fault::SilentAfter, Fault::SilentBefore, Fault::BrokenAfter, Fault::BrokenBefore, Fault::TooMany, Fault::Slow, Fault::BrokenForGood];
/// Every call.
pub const ASKED: [Asked; 5] = [Asked::Create, Asked::Report, Asked::Capture, Asked::Void, Asked::Refund];
/// How slow a slow answer is.
const SLOW: Duration = Duration::from_millis(20);

/// A call as it came.
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// Without the query.
    pub path: String,
    /// Behind the question mark.
    pub query: String,
    /// All of them.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Request {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A web hook that a provider would send.
#[derive(Debug, Clone)]
pub struct Hook {
    /// With its signature.
    pub headers: Vec<(String, String)>,
    /// The bytes that are signed.
    pub body: Vec<u8>,
}

/// The books of a provider.
pub trait Books: Send + 'static {
    /// What kind of call this is.
    fn asked(&self, request: &Request) -> Asked;
    /// Does what is asked.
    fn answer(&mut self, request: &Request) -> (u16, Value);
    /// The answer for this request's key stays that something is broken.
    fn break_key(&mut self, request: &Request);
}

/// A provider's books, and what goes wrong next.
pub struct Server<B> {
    /// What it knows.
    pub books: B,
    fault: Option<(Asked, Fault, u32)>,
    heard: Vec<Heard>,
}

/// A call, written down so that somebody else can be asked the same.
#[derive(Debug, Clone)]
pub struct Heard {
    /// GET or POST.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

/// A running provider.
pub struct Fake<B> {
    /// Its address.
    pub base: String,
    server: Arc<Mutex<Server<B>>>,
}

impl<B: Books> Fake<B> {
    /// Starts a provider on loopback; it ends with the test's runtime.
    pub async fn start(books: B) -> Self {
        let server = Arc::new(Mutex::new(Server { books, fault: None, heard: vec![] }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let router = Router::new().fallback(serve::<B>).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, server }
    }

    /// The next so many calls of this kind meet this fault.
    pub fn fail(&self, asked: Asked, fault: Fault, times: u32) {
        self.server.lock().expect("no holder panics").fault = Some((asked, fault, times));
    }

    /// Every call so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.server.lock().expect("no holder panics").heard.clone()
    }

    /// Reads or changes the books, as the provider's own people would.
    pub fn books<T>(&self, act: impl FnOnce(&mut B) -> T) -> T {
        act(&mut self.server.lock().expect("no holder panics").books)
    }
}

async fn serve<B: Books>(
    State(server): State<Arc<Mutex<Server<B>>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let body = String::from_utf8_lossy(&body).into_owned();
    let heard = Heard { method: method.clone(), path: uri.to_string(), headers: headers.clone(), body: body.clone() };
    let request = Request { method, path: uri.path().to_owned(), query: uri.query().unwrap_or_default().to_owned(), headers, body };
    let (fault, answer) = {
        let mut server = server.lock().expect("no holder panics");
        server.heard.push(heard);
        let asked = server.books.asked(&request);
        let fault = match &mut server.fault {
            Some((armed, fault, times)) if *armed == asked && *times > 0 => {
                *times -= 1;
                Some(*fault)
            }
            _ => None,
        };
        let is_done = match fault {
            None | Some(Fault::SilentAfter | Fault::BrokenAfter | Fault::Slow) => true,
            Some(Fault::BrokenForGood) => {
                server.books.break_key(&request);
                false
            }
            Some(Fault::SilentBefore | Fault::BrokenBefore | Fault::TooMany) => false,
        };
        (fault, if is_done { Some(server.books.answer(&request)) } else { None })
    };
    match fault {
        Some(Fault::SilentAfter | Fault::SilentBefore) => return std::future::pending().await,
        Some(Fault::TooMany) => return reply(429, &Value::Null),
        Some(Fault::BrokenAfter | Fault::BrokenBefore | Fault::BrokenForGood) => return reply(503, &Value::Null),
        Some(Fault::Slow) => tokio::time::sleep(SLOW).await,
        None => {}
    }
    let (status, answer) = answer.expect("what met no fault was answered");
    reply(status, &answer)
}

fn reply(status: u16, body: &Value) -> Response<Body> {
    let status = StatusCode::from_u16(status).expect("a status");
    Response::builder().status(status).header("content-type", "application/json").body(Body::from(body.to_string())).expect("a response")
}
