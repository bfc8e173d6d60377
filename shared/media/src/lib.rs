//! Uploads: forms with which a browser may put one object into the media bucket, and nothing else.
//!
//! A presigned POST of S3: the policy names the key, the media type and the size, and S3 itself refuses what differs.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// The largest picture that is taken.
pub const UPLOAD_BYTES_MAX: u64 = 10_000_000;
/// How long what was uploaded may be kept by browsers and at the edge: for good, for another picture has another key.
const KEPT: &str = "public, max-age=31536000, immutable";
/// How long a form can be used.
pub const UPLOAD_AGE_MAX: SignedDuration = SignedDuration::from_mins(15);

/// The way into the media bucket. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Uploads {
    bucket: String,
    region: String,
    url: String,
    credentials: SharedCredentialsProvider,
}

/// A form for `multipart/form-data`: the fields first, then the object as the field `file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedPost {
    /// Where to post it.
    pub url: String,
    /// What to send along.
    pub fields: BTreeMap<String, String>,
}

/// No form could be made: there are no credentials to sign it with.
#[derive(Debug, thiserror::Error)]
#[error("no credentials")]
pub struct PresignError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl Uploads {
    /// Into this bucket; at `endpoint`, if it is not AWS itself.
    pub fn new(bucket: &str, region: &str, endpoint: Option<&str>, credentials: SharedCredentialsProvider) -> Self {
        let url = match endpoint {
            Some(endpoint) => format!("{}/{bucket}", endpoint.trim_end_matches('/')),
            None => format!("https://{bucket}.s3.{region}.amazonaws.com/"),
        };
        Self { bucket: bucket.to_owned(), region: region.to_owned(), url, credentials }
    }

    /// A form for exactly this key and media type, and at most [`UPLOAD_BYTES_MAX`] bytes.
    pub async fn presign(&self, key: &str, media_type: &str, now: Timestamp) -> Result<PresignedPost, PresignError> {
        let credentials = self.credentials.provide_credentials().await.map_err(|error| PresignError(error.into()))?;
        let mut fields = self.signed_fields(&credentials, now);
        fields.insert("key".to_owned(), key.to_owned());
        fields.insert("Content-Type".to_owned(), media_type.to_owned());
        fields.insert("Cache-Control".to_owned(), KEPT.to_owned());
        fields.insert("success_action_status".to_owned(), "201".to_owned());

        let policy = STANDARD.encode(self.policy(&fields, now));
        let signature = sign(&policy, credentials.secret_access_key(), now, &self.region);
        fields.insert("policy".to_owned(), policy);
        fields.insert("x-amz-signature".to_owned(), signature);
        Ok(PresignedPost { url: self.url.clone(), fields })
    }

    fn signed_fields(&self, credentials: &Credentials, now: Timestamp) -> BTreeMap<String, String> {
        let (day, region) = (now.strftime("%Y%m%d"), &self.region);
        let mut fields = BTreeMap::from([
            ("x-amz-algorithm".to_owned(), "AWS4-HMAC-SHA256".to_owned()),
            ("x-amz-credential".to_owned(), format!("{}/{day}/{region}/s3/aws4_request", credentials.access_key_id())),
            ("x-amz-date".to_owned(), now.strftime("%Y%m%dT%H%M%SZ").to_string()),
        ]);
        fields.extend(credentials.session_token().map(|token| ("x-amz-security-token".to_owned(), token.to_owned())));
        fields
    }

    /// Each field exactly as it is given, in this bucket, of a bounded size, and soon.
    fn policy(&self, fields: &BTreeMap<String, String>, now: Timestamp) -> String {
        let mut conditions = vec![json!({"bucket": self.bucket}), json!(["content-length-range", 1, UPLOAD_BYTES_MAX])];
        conditions.extend(fields.iter().map(|(name, value)| json!(["eq", format!("${name}"), value])));
        let expiration = (now + UPLOAD_AGE_MAX).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        json!({"expiration": expiration, "conditions": conditions}).to_string()
    }
}

fn sign(policy: &str, secret: &str, now: Timestamp, region: &str) -> String {
    let key = generate_signing_key(secret, SystemTime::from(now), region, "s3");
    calculate_signature(key, policy.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-21T10:00:00.5Z";

    fn form(endpoint: Option<&str>, token: Option<&str>) -> PresignedPost {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", token.map(str::to_owned), None, "tests");
        let uploads = Uploads::new("media", "ap-south-1", endpoint, SharedCredentialsProvider::new(credentials));
        let runtime = std::pin::pin!(async { uploads.presign("events/evt_1/img_1.png", "image/png", NOW.parse().unwrap()).await.unwrap() });
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match runtime.poll(&mut context) {
            std::task::Poll::Ready(form) => form,
            std::task::Poll::Pending => panic!("fixed credentials are there at once"),
        }
    }

    /// The example of the S3 manual.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html>
    #[test]
    fn a_policy_is_signed_as_the_manual_signs_its_example() {
        let policy = concat!(
            "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVi",
            "dWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3Vj",
            "Y2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwN",
            "CiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwN",
            "CiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0s",
            "DQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAg",
            "IHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9",
        );
        let now = "2015-12-29T00:00:00Z".parse().unwrap();
        let signature = sign(policy, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", now, "us-east-1");
        assert_eq!(signature, "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    #[test]
    fn the_policy_names_every_field_the_size_and_the_end() {
        let form = form(None, Some("token"));
        assert_eq!(form.url, "https://media.s3.ap-south-1.amazonaws.com/");
        let policy: serde_json::Value = serde_json::from_slice(&STANDARD.decode(&form.fields["policy"]).unwrap()).unwrap();
        assert_eq!(policy["expiration"], "2026-11-21T10:15:00Z");
        let conditions = policy["conditions"].as_array().unwrap();
        for condition in [
            json!({"bucket": "media"}),
            json!(["content-length-range", 1, 10_000_000]),
            json!(["eq", "$key", "events/evt_1/img_1.png"]),
            json!(["eq", "$Content-Type", "image/png"]),
            json!(["eq", "$Cache-Control", "public, max-age=31536000, immutable"]),
            json!(["eq", "$x-amz-security-token", "token"]),
            json!(["eq", "$x-amz-date", "20261121T100000Z"]),
            json!(["eq", "$x-amz-credential", "AKIDEXAMPLE/20261121/ap-south-1/s3/aws4_request"]),
        ] {
            assert!(conditions.contains(&condition), "{condition} in {policy}");
        }
    }

    #[test]
    fn another_endpoint_is_asked_by_path() {
        assert_eq!(form(Some("http://127.0.0.1:4566/"), None).url, "http://127.0.0.1:4566/media");
    }
}
