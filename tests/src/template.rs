//! `template.yaml`, as far as tests compare it with the code.

use serde_yaml_ng::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the root").to_owned()
}

/// The folders of the shared crates that a function can reach through: those it names, and `api`'s contexts.
pub fn sources_of(folder: &std::path::Path) -> Vec<PathBuf> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let handler = std::fs::read_to_string(folder.join("src/lib.rs")).expect("a handler");
    // The settler comes with the till, without a word in the manifest.
    let settles = handler.contains(".settler");
    let named = |name: &&str| {
        *name == "store" || *name == "api" || manifest.contains(&format!("\n{name}.workspace")) || (*name == "payments" && settles)
    };
    let shared = ["store", "api", "payments", "tickets"].into_iter().filter(named);
    let mut sources: Vec<PathBuf> = shared.map(|name| root().join("shared").join(name).join("src")).collect();
    sources.push(folder.join("src"));
    sources
}

/// A function of the template.
#[derive(Debug, Default)]
pub struct Function {
    /// `POST /v1/bookings`, for endpoints.
    pub route: Option<String>,
    /// Whether everybody may call it.
    pub is_public: bool,
    /// What its policy allows on the tables, as `UpdateItem inventory` or `Query main/due`.
    pub operations: BTreeSet<String>,
    /// How long it may run.
    pub timeout_seconds: i64,
}

/// Every function by its name, `holds-place`.
pub fn functions() -> BTreeMap<String, Function> {
    let text = std::fs::read_to_string(root().join("template.yaml")).expect("a template");
    let template: Value = serde_yaml_ng::from_str(&text).expect("YAML");
    let resources = template["Resources"].as_mapping().expect("resources");
    let functions = resources.iter().filter(|(_, resource)| resource["Type"] == "AWS::Serverless::Function");
    let usual = &template["Globals"]["Function"]["Timeout"];
    functions
        .map(|(name, resource)| {
            let properties = &resource["Properties"];
            let timeout = properties["Timeout"].as_i64().or(usual.as_i64()).expect("a number of seconds");
            (kebab(name.as_str().expect("a name")), Function { timeout_seconds: timeout, ..function(properties) })
        })
        .collect()
}

/// What the readers of both tables' streams want to be woken for.
pub fn stream_filters() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("template.yaml")).expect("a template");
    let patterns = text.lines().filter_map(|line| line.trim().strip_prefix("- Pattern: '")?.strip_suffix('\''));
    patterns.map(str::to_owned).collect()
}

/// What a stack without payment providers writes into the web client's `config.json`.
pub fn web_config() -> serde_json::Value {
    let text = std::fs::read_to_string(root().join("template.yaml")).expect("a template");
    let template: Value = serde_yaml_ng::from_str(&text).expect("YAML");
    let Value::Tagged(output) = &template["Outputs"]["WebConfig"]["Value"] else { panic!("a !Sub") };
    let pattern = output.value[0].as_str().expect("a text").replace("${Providers}", "\"sandbox\"");
    let mut config = pattern.replace("${StripeKey}", "").replace("${RazorpayKey}", "");
    while let Some(start) = config.find("${") {
        let end = start + config[start..].find('}').expect("an end") + 1;
        config.replace_range(start..end, "of the stack");
    }
    serde_json::from_str(&config).expect("JSON")
}

/// `HoldsPlace` is `holds-place`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    kebab
}

fn function(properties: &Value) -> Function {
    let mut function = Function::default();
    for (_, event) in properties["Events"].as_mapping().into_iter().flatten() {
        if event["Type"] == "HttpApi" {
            let text = |name: &str| event["Properties"][name].as_str().expect("a text").to_owned();
            function.route = Some(format!("{} {}", text("Method"), text("Path")));
            function.is_public = event["Properties"]["Auth"]["Authorizer"] == "NONE";
        }
    }
    for policy in properties["Policies"].as_sequence().into_iter().flatten() {
        for statement in policy["Statement"].as_sequence().into_iter().flatten() {
            let actions = list(&statement["Action"]);
            for resource in list(&statement["Resource"]) {
                let Some(table) = table(&resource) else { continue };
                let actions = actions.iter().filter_map(|action| action.strip_prefix("dynamodb:"));
                function.operations.extend(actions.map(|action| format!("{action} {table}")));
            }
        }
    }
    function
}

/// One or several values as texts; a tagged one (`!GetAtt X`) as what it is applied to.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(values) => values.iter().flat_map(list).collect(),
        Value::Tagged(tagged) => list(&tagged.value),
        Value::String(text) => vec![text.clone()],
        _ => vec![],
    }
}

/// `MainTable.Arn` is `main`, `${MainTable.Arn}/index/due` is `main/due`.
fn table(resource: &str) -> Option<String> {
    let resource = resource.replace("${", "").replace('}', "");
    let (table, rest) = resource.split_once("Table.Arn")?;
    let table = table.to_lowercase();
    match rest.strip_prefix("/index/") {
        Some(index) => Some(format!("{table}/{index}")),
        None if rest.is_empty() => Some(table),
        None => None,
    }
}
