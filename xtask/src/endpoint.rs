//! `new-endpoint`: everything that a function consists of, with a test that fails until it is written.

use crate::run::Failure;
use std::path::Path;

/// Makes the function below this root; refuses, and changes nothing, if any part of it exists or any place for it is gone.
pub(crate) fn create(root: &Path, endpoint: &Endpoint<'_>) -> Result<(), Failure> {
    endpoint.check()?;
    let Endpoint { context, name, .. } = endpoint;
    let module = name.replace('-', "_");
    let new = [
        (format!("functions/{context}/{name}/Cargo.toml"), MANIFEST),
        (format!("functions/{context}/{name}/src/main.rs"), MAIN),
        (format!("functions/{context}/{name}/src/lib.rs"), HANDLER),
        (format!("events/{name}/ok.json"), FIXTURE),
        (format!("tests/tests/handlers/{module}.rs"), TEST),
    ];
    let grown = [
        ("tests/tests/handlers.rs", "    // new-endpoint adds modules above this line", "    mod MODULE;"),
        ("template.yaml", "  # new-endpoint adds functions above this line", TEMPLATE),
        ("infra/local/Cargo.toml", "# new-endpoint adds functions above this line", LOCAL_DEPENDENCY),
        ("tests/Cargo.toml", "# new-endpoint adds functions above this line", TESTS_DEPENDENCY),
        ("infra/local/src/linked.rs", "    // new-endpoint adds functions above this line", LINKED),
        ("tests/src/openapi.rs", "        // new-endpoint adds functions above this line", "        MODULE::handle,"),
    ];
    let mut files = Vec::new();
    for (file, text) in new {
        if root.join(&file).exists() {
            return Err(Failure::new(format!("{file} exists")));
        }
        files.push((root.join(file), endpoint.fill(text)));
    }
    for (file, marker, lines) in grown {
        files.push((root.join(file), grow(&root.join(file), marker, &endpoint.fill(lines))?));
    }
    files.iter().try_for_each(|(file, text)| write(file, text))
}

/// What the command line says of a function.
pub(crate) struct Endpoint<'a> {
    /// The folder below functions/.
    pub(crate) context: &'a str,
    /// Plural noun and verb.
    pub(crate) name: &'a str,
    /// The HTTP method.
    pub(crate) method: &'a str,
    /// The path with its parameters in braces.
    pub(crate) path: &'a str,
}

impl Endpoint<'_> {
    fn check(&self) -> Result<(), Failure> {
        let is_kebab = |text: &str| text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase()));
        if !is_kebab(self.context) {
            return Err(Failure::new(format!("{} must be a folder below functions/, as holds", self.context)));
        }
        if !self.name.contains('-') || !is_kebab(self.name) {
            return Err(Failure::new(format!("{} must be a plural noun and a verb, as holds-transfer", self.name)));
        }
        if !["GET", "POST", "PATCH", "PUT", "DELETE"].contains(&self.method.to_uppercase().as_str()) {
            return Err(Failure::new(format!("{} is no method of ours", self.method)));
        }
        let is_segment = |text: &str| {
            let word = text.strip_prefix('{').map_or(Some(text), |rest| rest.strip_suffix('}'));
            word.is_some_and(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)))
        };
        if !self.path.strip_prefix("/v1/").is_some_and(|rest| rest.split('/').all(is_segment)) {
            return Err(Failure::new(format!("{} must be like /v1/shows/{{showId}}/hold", self.path)));
        }
        Ok(())
    }

    /// The parameters of the path, as `showId`.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
    }

    /// A template with this function's words in the places of the capital ones.
    fn fill(&self, template: &str) -> String {
        let method = self.method.to_uppercase();
        let described: Vec<String> = self.parameters().map(|name| format!("(\"{name}\" = String, Path)")).collect();
        let described = if described.is_empty() { String::new() } else { format!("    params({}),\n", described.join(", ")) };
        let sample: Vec<String> = self.parameters().map(|name| format!("\"{name}\": \"nonsense\"")).collect();
        let raw = self.parameters().fold(self.path.to_owned(), |path, name| path.replace(&format!("{{{name}}}"), "nonsense"));
        template
            .replace("PARAMETERS\n", &described)
            .replace("SAMPLE", &sample.join(", "))
            .replace("RAW", &raw)
            .replace("RESOURCE", &pascal(self.name))
            .replace("MODULE", &self.name.replace('-', "_"))
            .replace("NAME", self.name)
            .replace("CONTEXT", self.context)
            .replace("METHOD", &method)
            .replace("VERB", &method.to_lowercase())
            .replace("PATH", self.path)
    }
}

/// `holds-transfer` is `HoldsTransfer`.
fn pascal(name: &str) -> String {
    name.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::new(format!("{}: {error}", file.display()));
    std::fs::create_dir_all(file.parent().expect("a file lies in a folder")).map_err(fail)?;
    std::fs::write(file, text).map_err(fail)
}

/// A file's text with these lines before the line that marks their place.
fn grow(file: &Path, marker: &str, lines: &str) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
    let Some(place) = text.find(&format!("\n{marker}\n")) else {
        return Err(Failure::new(format!("{} has lost its line \"{}\"", file.display(), marker.trim())));
    };
    let (before, after) = text.split_at(place + 1);
    Ok(format!("{before}{lines}\n{after}"))
}

const MANIFEST: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[lib]
doctest = false
test = false

[[bin]]
name = "NAME"
path = "src/main.rs"
test = false

[lints]
workspace = true

[dependencies]
api.workspace = true
tokio.workspace = true
utoipa.workspace = true
wire.workspace = true
"#;

const MAIN: &str = r"//! Serves `NAME` on AWS Lambda.

#[tokio::main]
async fn main() -> Result<(), api::Error> {
    api::serve_http(MODULE::handle).await
}
";

const HANDLER: &str = r#"//! `METHOD PATH`: say what it does.

use api::{App, Problem, Reply, Request};
use wire::ProblemView;

/// Understand the request, decide and commit, reply.
#[utoipa::path(
    VERB, path = "PATH", operation_id = "NAME", tag = "new",
    summary = "Say what it does",
PARAMETERS
    responses((status = 204, description = "Done"), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
#[expect(clippy::unused_async, reason = "goes with the first thing that is awaited")]
pub async fn handle(_app: &App, request: Request) -> Result<Reply, Problem> {
    let _caller = request.caller()?;
    Err(Problem::not_found())
}
"#;

const FIXTURE: &str = r#"{
  "version": "2.0",
  "routeKey": "METHOD PATH",
  "rawPath": "RAW",
  "rawQueryString": "",
  "headers": {"content-type": "application/json", "host": "api.example.org"},
  "pathParameters": {SAMPLE},
  "requestContext": {
    "accountId": "000000000000", "apiId": "frontrow", "domainName": "api.example.org", "domainPrefix": "api",
    "authorizer": {"jwt": {"claims": {"sub": "00000000-0000-4000-8000-000000000001", "token_use": "access", "client_id": "fixture"}, "scopes": null}},
    "http": {"method": "METHOD", "path": "RAW", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "fixture"},
    "requestId": "fixture", "routeKey": "METHOD PATH", "stage": "$default",
    "time": "21/Nov/2026:09:00:00 +0000", "timeEpoch": 1795251600000
  },
  "isBase64Encoded": false
}
"#;

const TEST: &str = r#"//! `NAME`.

use super::{Stage, fixture};

#[tokio::test]
async fn it_answers() {
    let stage = Stage::new().await;
    let answer = stage.invoke("NAME", &fixture("NAME", "ok")).await;
    assert_eq!(answer.status, 204, "write the handler, then say here what must have happened");
}
"#;

const LINKED: &str = r#"    linker.http("NAME", MODULE::handle).await?;"#;

const LOCAL_DEPENDENCY: &str = r#"NAME = { path = "../../functions/CONTEXT/NAME" }"#;

const TESTS_DEPENDENCY: &str = r#"NAME = { path = "../functions/CONTEXT/NAME" }"#;

const TEMPLATE: &str = r"  RESOURCE:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: rust-cargolambda
      BuildProperties:
        Binary: NAME
    Properties:
      FunctionName: !Sub frontrow-${Stage}-NAME
      CodeUri: functions/CONTEXT/NAME
      Events:
        Http:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api
            Method: METHOD
            Path: PATH
";

#[cfg(test)]
mod tests;
