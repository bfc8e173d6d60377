//! `/media/*`: objects of the private bucket, as CloudFront serves them.

use super::{Gateway, reply};
use axum::body::Body;
use http::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

/// As CloudFront's function does: an object's key is what stands below `/media/`.
pub(super) async fn answer(gateway: &Gateway, key: &str) -> Response<Body> {
    let url = format!("{}/{}/{key}", gateway.helper.url, gateway.media_bucket);
    let object = gateway.helper.aws.send("s3", reqwest::Method::GET, &url, &[], Vec::new()).await;
    let object = match object {
        Ok(object) if object.status().is_success() => object,
        // S3 answers 403 for what is not there to those who may not list.
        Ok(_) => return reply::not_found(),
        Err(error) => {
            tracing::error!(cause = %error, "an image cannot be read");
            return reply::failed();
        }
    };
    let (content_type, kept) = (object.headers().get(CONTENT_TYPE).cloned(), object.headers().get(CACHE_CONTROL).cloned());
    let Ok(bytes) = object.bytes().await else { return reply::failed() };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content_type.unwrap_or_else(|| HeaderValue::from_static("application/octet-stream")));
    headers.extend(kept.map(|kept| (CACHE_CONTROL, kept)));
    response
}
