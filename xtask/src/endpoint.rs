//! `new-endpoint`: everything that a function consists of, with a test that fails until it is written.

use crate::run::{Failure, root};
use std::path::Path;

/// Makes the function; refuses if any part of it exists.
pub(crate) fn create(context: &str, name: &str, method: &str, path: &str) -> Result<(), Failure> {
    check(name, method, path)?;
    let folder = root().join("functions").join(context).join(name);
    if folder.exists() {
        return Err(Failure::new(format!("functions/{context}/{name} exists")));
    }
    let method = method.to_uppercase();
    let module = name.replace('-', "_");
    write(&folder.join("Cargo.toml"), &MANIFEST.replace("NAME", name))?;
    write(&folder.join("src/main.rs"), &MAIN.replace("NAME", name).replace("MODULE", &module))?;
    let handler = HANDLER.replace("NAME", name).replace("METHOD", &method).replace("VERB", &method.to_lowercase()).replace("PATH", path);
    write(&folder.join("src/lib.rs"), &handler)?;
    write(&root().join("events").join(name).join("ok.json"), &FIXTURE.replace("METHOD", &method).replace("PATH", path))?;
    let test = TEST.replace("MODULE", &module).replace("NAME", name);
    write(&root().join("tests/tests/handlers").join(format!("{module}.rs")), &test)?;
    insert(&root().join("tests/tests/handlers.rs"), "    // new-endpoint adds modules above this line", &format!("    mod {module};"))?;
    let resource = TEMPLATE.replace("RESOURCE", &pascal(name)).replace("NAME", name).replace("CONTEXT", context);
    let resource = resource.replace("METHOD", &method).replace("PATH", path);
    insert(&root().join("template.yaml"), "  # new-endpoint adds functions above this line", &resource)?;
    let dependency = |up: &str| format!("{name} = {{ path = \"{up}/functions/{context}/{name}\" }}");
    insert(&root().join("infra/local/Cargo.toml"), "# new-endpoint adds functions above this line", &dependency("../.."))?;
    insert(&root().join("tests/Cargo.toml"), "# new-endpoint adds functions above this line", &dependency(".."))?;
    insert(
        &root().join("infra/local/src/linked.rs"),
        "    // new-endpoint adds functions above this line",
        &LINKED.replace("NAME", name).replace("MODULE", &module),
    )?;
    insert(
        &root().join("tests/src/openapi.rs"),
        "        // new-endpoint adds functions above this line",
        &format!("        {module}::handle,"),
    )?;
    eprintln!("functions/{context}/{name} is there. Next: docs/adding-an-endpoint.md, from step 2.");
    Ok(())
}

fn check(name: &str, method: &str, path: &str) -> Result<(), Failure> {
    let is_kebab = name.contains('-') && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.ends_with('-');
    if !is_kebab {
        return Err(Failure::new(format!("{name} must be a plural noun and a verb, as holds-transfer")));
    }
    if !["GET", "POST", "PATCH", "PUT", "DELETE"].contains(&method.to_uppercase().as_str()) {
        return Err(Failure::new(format!("{method} is no method of ours")));
    }
    if !path.starts_with("/v1/") {
        return Err(Failure::new(format!("{path} must begin with /v1/")));
    }
    Ok(())
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

/// Puts lines before the line that marks the place.
fn insert(file: &Path, marker: &str, lines: &str) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
    let Some(place) = text.find(marker) else {
        return Err(Failure::new(format!("{} has lost its line \"{}\"", file.display(), marker.trim())));
    };
    write(file, &format!("{}{lines}\n{}", &text[..place], &text[place..]))
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
    responses((status = 204, description = "Done"), (status = 401, body = ProblemView), (status = 404, body = ProblemView)),
    security(("cognito" = []))
)]
pub async fn handle(_app: &App, request: Request) -> Result<Reply, Problem> {
    let _caller = request.caller()?;
    Err(Problem::not_found())
}
"#;

const FIXTURE: &str = r#"{
  "version": "2.0",
  "routeKey": "METHOD PATH",
  "rawPath": "PATH",
  "rawQueryString": "",
  "headers": {"content-type": "application/json", "host": "api.example.org"},
  "requestContext": {
    "accountId": "000000000000", "apiId": "frontrow", "domainName": "api.example.org", "domainPrefix": "api",
    "authorizer": {"jwt": {"claims": {"sub": "00000000-0000-4000-8000-000000000001", "token_use": "access"}, "scopes": null}},
    "http": {"method": "METHOD", "path": "PATH", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "fixture"},
    "requestId": "fixture", "routeKey": "METHOD PATH", "stage": "$default",
    "time": "21/Nov/2026:09:00:00 +0000", "timeEpoch": 1795251600000
  },
  "isBase64Encoded": false
}
"#;

const TEST: &str = r#"//! `NAME`.

use crate::handlers::{Stage, fixture};

#[tokio::test]
async fn it_answers() {
    let stage = Stage::new().await;
    let answer = stage.invoke("NAME", &fixture("NAME", "ok")).await;
    assert_eq!(answer.status, 204, "write the handler, then say here what must have happened");
}
"#;

const LINKED: &str = r#"    linker.http("NAME", MODULE::handle).await?;"#;

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
