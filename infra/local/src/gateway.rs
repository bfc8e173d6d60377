//! The gateway: what API Gateway and CloudFront are on AWS. Driven by the template; knows no endpoint by name.

mod authorizer;
mod cors;
mod event;
mod inspect;
mod live;
mod media;
mod policy;
mod reply;
mod routes;
mod web;

pub use authorizer::{Authorizer, Claims};
pub use inspect::Inspector;
pub use live::Live;
pub use policy::Policies;
pub use routes::Routes;

use crate::functions::{Functions, InvokeError};
use crate::helper::Helper;
use crate::template::Cors;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::serve::ListenerExt;
use event::Incoming;
use http::{Method, Response};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// API Gateway takes no more.
const BODY_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Everything that requests need.
pub struct Gateway {
    /// From the template.
    pub routes: Routes,
    /// From the template.
    pub cors: Cors,
    /// Who lets people in.
    pub authorizer: Authorizer,
    /// Who answers.
    pub functions: Functions,
    /// Where images are, and everything else that is AWS.
    pub helper: Arc<Helper>,
    /// The bucket with images.
    pub media_bucket: String,
    /// The built web client, unless it is not wanted.
    pub web: Option<PathBuf>,
    /// What its `config.json` says.
    pub config: Value,
    /// What CloudFront adds to answers.
    pub policies: Policies,
    /// What only developers and tests may ask.
    pub inspector: Inspector,
    /// Makes each request's id differ.
    pub requests: AtomicU64,
}

/// Serves until `stop` is done, then finishes what has begun.
pub async fn serve(listener: TcpListener, gateway: Arc<Gateway>, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    // As CloudFront does: a seat map is a twentieth of its size. Images, fonts and PDF are small already.
    let worthwhile =
        DefaultPredicate::new().and(NotForContentType::const_new("font/")).and(NotForContentType::const_new("application/pdf"));
    let router = Router::new().fallback(answer).layer(CompressionLayer::new().compress_when(worthwhile)).with_state(gateway);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

async fn answer(State(gateway): State<Arc<Gateway>>, ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/_local/") {
        return gateway.inspector.answer(&gateway, rest, request).await;
    }
    let mut response = if path.starts_with("/v1/") || path == "/v1" {
        gateway.api(peer, request).await
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        reply::not_found()
    } else if let Some(key) = path.strip_prefix("/media/") {
        media::answer(&gateway, key).await
    } else {
        web::answer(&gateway, &path, request.headers()).await
    };
    gateway.policies.add(&path, response.headers_mut());
    response
}

impl Gateway {
    async fn api(&self, peer: SocketAddr, request: Request) -> Response<Body> {
        let origin = request.headers().get("origin").cloned();
        if request.method() == Method::OPTIONS {
            return cors::preflight(&self.cors, origin.as_ref());
        }
        let mut response = self.call(peer, request).await;
        cors::allow(&self.cors, origin.as_ref(), response.headers_mut());
        response
    }

    async fn call(&self, peer: SocketAddr, request: Request) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let Some(route) = self.routes.find(parts.method.as_str(), parts.uri.path()) else { return reply::not_found() };
        let now = api::Clock::default().now();
        let claims = if route.signed_in {
            let header = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
            match self.authorizer.claims(header, now).await {
                Some(claims) => Some(claims),
                None => return reply::unauthenticated(),
            }
        } else {
            None
        };
        let body: Bytes = match to_bytes(body, BODY_BYTES_MAX).await {
            Ok(body) => body,
            Err(_) => return reply::too_large(),
        };
        let incoming = Incoming {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            body: &body,
            source: &peer.ip().to_string(),
            id: &format!("local-{}", self.requests.fetch_add(1, Ordering::Relaxed)),
            now,
        };
        let event = event::event(&incoming, &route, claims.as_deref());
        match self.functions.invoke(route.function, event).await {
            Ok(answer) => event::response(&answer).unwrap_or_else(reply::failed),
            Err(InvokeError::Unknown(name)) => reply::not_linked(&name),
            Err(error) => {
                tracing::error!(function = route.function, cause = %error, "a function failed");
                reply::failed()
            }
        }
    }
}
