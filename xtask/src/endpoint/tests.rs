use super::*;
use crate::run::root;
use serde_json::Value;
use std::path::PathBuf;

/// Every file that the command puts lines into.
const GROWN: [&str; 6] = [
    "tests/tests/handlers.rs",
    "template.yaml",
    "infra/local/Cargo.toml",
    "tests/Cargo.toml",
    "infra/local/src/linked.rs",
    "tests/src/openapi.rs",
];
const TRANSFER: Endpoint<'_> =
    Endpoint { context: "holds", name: "holds-transfer", method: "post", path: "/v1/shows/{showId}/hold/{userId}" };

/// A copy of what the command reads, in a folder that goes when the test ends.
struct Skeleton(PathBuf);

impl Skeleton {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("frontrow-{}-{name}", std::process::id()));
        for file in GROWN {
            write(&folder.join(file), &std::fs::read_to_string(root().join(file)).unwrap()).unwrap();
        }
        Self(folder)
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }
}

impl Drop for Skeleton {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn committed(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn keys(value: &Value) -> Vec<&String> {
    let mut keys: Vec<_> = value.as_object().unwrap().keys().collect();
    keys.sort();
    keys
}

#[test]
fn manifest_and_main_are_like_those_of_every_other_function() {
    let skeleton = Skeleton::new("manifest");
    create(&skeleton.0, &TRANSFER).unwrap();
    let until_dependencies = |text: &str| text.split("[dependencies]").next().unwrap().to_owned();
    let manifest = skeleton.read("functions/holds/holds-transfer/Cargo.toml");
    let other = committed("functions/holds/holds-place/Cargo.toml").replace("holds-place", "holds-transfer");
    assert_eq!(until_dependencies(&manifest), until_dependencies(&other));
    let other = committed("functions/holds/holds-place/src/main.rs").replace("holds-place", "holds-transfer");
    assert_eq!(skeleton.read("functions/holds/holds-transfer/src/main.rs"), other.replace("holds_place", "holds_transfer"));
    let workspace = committed("Cargo.toml");
    for dependency in manifest.split("[dependencies]\n").nth(1).unwrap().lines() {
        let name = dependency.split('.').next().unwrap();
        assert!(workspace.contains(&format!("\n{name} = ")), "{name} is no dependency of the workspace");
    }
}

#[test]
fn everything_that_is_made_and_grown_is_still_rust_yaml_and_json() {
    let skeleton = Skeleton::new("syntax");
    create(&skeleton.0, &TRANSFER).unwrap();
    for file in [
        "functions/holds/holds-transfer/src/lib.rs",
        "functions/holds/holds-transfer/src/main.rs",
        "tests/tests/handlers/holds_transfer.rs",
        "tests/tests/handlers.rs",
        "infra/local/src/linked.rs",
        "tests/src/openapi.rs",
    ] {
        syn::parse_file(&skeleton.read(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let handler = skeleton.read("functions/holds/holds-transfer/src/lib.rs");
    assert!(handler.contains(r#"post, path = "/v1/shows/{showId}/hold/{userId}", operation_id = "holds-transfer""#));
    assert!(handler.contains(r#"params(("showId" = String, Path), ("userId" = String, Path)),"#));

    let template: serde_yaml_ng::Value = serde_yaml_ng::from_str(&skeleton.read("template.yaml")).unwrap();
    let (made, other) = (&template["Resources"]["HoldsTransfer"], &template["Resources"]["HealthGet"]);
    assert_eq!((&made["Type"], &made["Metadata"]["BuildMethod"]), (&other["Type"], &other["Metadata"]["BuildMethod"]));
    assert_eq!(made["Properties"]["CodeUri"], "functions/holds/holds-transfer");
    assert_eq!(made["Properties"]["Events"]["Http"]["Properties"]["Method"], "POST");
    assert_eq!(made["Properties"]["Events"]["Http"]["Properties"]["Path"], TRANSFER.path);

    let fixture: Value = serde_json::from_str(&skeleton.read("events/holds-transfer/ok.json")).unwrap();
    let other: Value = serde_json::from_str(&committed("events/holds-get/ok.json")).unwrap();
    assert_eq!(keys(&fixture), keys(&other));
    assert_eq!(keys(&fixture["requestContext"]), keys(&other["requestContext"]));
    assert_eq!(fixture["routeKey"], "POST /v1/shows/{showId}/hold/{userId}");
    assert_eq!(fixture["rawPath"], "/v1/shows/nonsense/hold/nonsense");
    assert_eq!(fixture["pathParameters"]["userId"], "nonsense");
}

#[test]
fn the_function_is_linked_described_and_depended_on_beside_the_others() {
    let skeleton = Skeleton::new("linked");
    create(&skeleton.0, &TRANSFER).unwrap();
    for file in ["infra/local/Cargo.toml", "tests/Cargo.toml"] {
        let text = skeleton.read(file);
        let (before, _) = text.split_once("\nholds-transfer = { path = ").unwrap_or_else(|| panic!("{file} does not name it"));
        assert_eq!(before.lines().rfind(|line| line.starts_with('[')), Some("[dependencies]"), "{file}");
        let path = text.lines().find(|line| line.starts_with("holds-transfer ")).unwrap().split('"').nth(1).unwrap();
        let depth = file.matches('/').count();
        assert_eq!(path, format!("{}functions/holds/holds-transfer", "../".repeat(depth)), "{file}");
    }
    let other = |file: &str, line: &str| assert!(skeleton.read(file).contains(line), "{file} lacks {line}");
    other("infra/local/src/linked.rs", "    linker.http(\"holds-transfer\", holds_transfer::handle).await?;\n");
    other("tests/src/openapi.rs", "        holds_transfer::handle,\n");
    other("tests/tests/handlers.rs", "    mod holds_transfer;\n");
}

#[test]
fn what_cannot_be_made_whole_is_not_begun() {
    for broken in GROWN {
        let skeleton = Skeleton::new(&format!("broken-{}", broken.replace('/', "-")));
        let text = skeleton.read(broken);
        let unmarked: String = text.split_inclusive('\n').filter(|line| !line.contains("new-endpoint adds")).collect();
        assert_ne!(text, unmarked, "{broken}");
        write(&skeleton.0.join(broken), &unmarked).unwrap();
        assert!(create(&skeleton.0, &TRANSFER).is_err(), "{broken}");
        assert!(!skeleton.0.join("functions").exists() && !skeleton.0.join("events").exists(), "{broken}");
        assert_eq!(skeleton.read(broken), unmarked);
    }
    let skeleton = Skeleton::new("twice");
    create(&skeleton.0, &TRANSFER).unwrap();
    let template = skeleton.read("template.yaml");
    assert!(create(&skeleton.0, &TRANSFER).is_err());
    assert_eq!(skeleton.read("template.yaml"), template);
}

#[test]
fn names_that_mean_nothing_are_refused() {
    let skeleton = Skeleton::new("refused");
    for (context, name, method, path) in [
        ("../holds", "holds-transfer", "POST", "/v1/holds"),
        ("holds", "transfer", "POST", "/v1/holds"),
        ("holds", "Holds-transfer", "POST", "/v1/holds"),
        ("holds", "holds--transfer", "POST", "/v1/holds"),
        ("holds", "holds-transfer", "FETCH", "/v1/holds"),
        ("holds", "holds-transfer", "POST", "/holds"),
        ("holds", "holds-transfer", "POST", "/v1/{showId"),
        ("holds", "holds-transfer", "POST", "/v1/holds/"),
    ] {
        let refused = create(&skeleton.0, &Endpoint { context, name, method, path });
        assert!(refused.is_err(), "{context} {name} {method} {path}");
    }
    assert!(!skeleton.0.join("functions").exists());
}
