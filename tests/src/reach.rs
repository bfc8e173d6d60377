//! Which DynamoDB operations a function can reach: read from the source, by name, through every call.
//!
//! By name means too much rather than too little: a policy that passes allows everything the function may do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// One operation on one table or index, as `UpdateItem inventory` or `Query main/due`.
pub type Operation = String;

/// What one function body does and calls.
#[derive(Default)]
struct Body {
    operations: BTreeSet<Operation>,
    calls: BTreeSet<String>,
}

/// All function bodies of a set of sources, by name.
#[derive(Default)]
pub struct Reach {
    bodies: BTreeMap<String, Body>,
}

impl Reach {
    /// Reads every Rust file below these folders; test modules are passed over.
    pub fn read(folders: &[PathBuf]) -> Self {
        let mut reach = Self::default();
        for folder in folders {
            for file in rust_files(folder) {
                let text = std::fs::read_to_string(&file).expect("a readable file");
                let syntax = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
                Collector { reach: &mut reach }.visit_file(&syntax);
            }
        }
        reach
    }

    /// By which calls each operation is reached, for whoever wonders.
    pub fn explain(&self, root: &str, operation: &str) -> Vec<String> {
        let mut open = vec![vec![root.to_owned()]];
        let mut seen = BTreeSet::from([root.to_owned()]);
        while let Some(path) = open.pop() {
            let Some(body) = path.last().and_then(|name| self.bodies.get(name)) else { continue };
            if body.operations.contains(operation) {
                return path;
            }
            for call in body.calls.iter().filter(|call| seen.insert((*call).clone())) {
                open.push(path.iter().cloned().chain([call.clone()]).collect());
            }
        }
        Vec::new()
    }

    /// Everything that can be reached from the functions of this name.
    pub fn operations(&self, root: &str) -> BTreeSet<Operation> {
        let reached = self.calls(root);
        reached.iter().filter_map(|name| self.bodies.get(name)).flat_map(|body| body.operations.iter().cloned()).collect()
    }

    /// Whether functions of one name can be reached from those of another.
    pub fn reaches(&self, root: &str, name: &str) -> bool {
        self.calls(root).contains(name)
    }

    /// The names of everything that is called from the functions of this name, and their own.
    fn calls(&self, root: &str) -> BTreeSet<String> {
        let (mut seen, mut open) = (BTreeSet::from([root.to_owned()]), vec![root.to_owned()]);
        while let Some(name) = open.pop() {
            for call in self.bodies.get(&name).into_iter().flat_map(|body| &body.calls) {
                if seen.insert(call.clone()) {
                    open.push(call.clone());
                }
            }
        }
        seen
    }
}

/// The Rust files below a folder.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

struct Collector<'a> {
    reach: &'a mut Reach,
}

impl Collector<'_> {
    fn add(&mut self, name: &str, block: &syn::Block) {
        let mut reader = Reader::default();
        reader.visit_block(block);
        reader.body.operations.retain(|operation| !reader.on_index.contains(operation));
        let body = self.reach.bodies.entry(name.to_owned()).or_default();
        body.operations.extend(reader.body.operations);
        body.calls.extend(reader.body.calls);
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        // Nobody calls `fn main`; but a table is called main.
        if item.sig.ident != "main" {
            self.add(&item.sig.ident.to_string(), &item.block);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident.to_string(), &item.block);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }
}

#[derive(Default)]
struct Reader {
    body: Body,
    on_index: BTreeSet<Operation>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        if let Some(operation) = operation_of(call) {
            // Permission for an index is no permission for its table, and none for the table is needed.
            if let Some((on_table, _)) = operation.split_once('/') {
                self.on_index.insert(on_table.to_owned());
            }
            self.body.operations.insert(operation);
        }
        if name == "get"
            && let Some(table) = call.args.first().and_then(table)
        {
            self.body.operations.insert(format!("GetItem {table}"));
        }
        self.body.calls.insert(name);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            self.body.calls.insert(last.ident.to_string());
        }
        visit::visit_expr_call(self, call);
    }

    /// Requests stand inside our own macro: `send_write!("…", …, request)`.
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        type Arguments = syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>;
        if let Ok(arguments) = mac.parse_body_with(Arguments::parse_terminated) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }
}

/// `<client>.put_item().table_name(self.main())…` or `Update::builder().table_name(self.main())…`.
fn operation_of(call: &syn::ExprMethodCall) -> Option<Operation> {
    // A batch names its table with its keys.
    if call.method != "table_name" && call.method != "request_items" {
        // An index is named after its table.
        let index = (call.method == "index_name").then(|| call.args.first()).flatten()?;
        let index = match index {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(index), .. }) => index.value(),
            _ => "gsi1".to_owned(), // key::GSI
        };
        let table = chain(&call.receiver).into_iter().find(|call| call.method == "table_name")?;
        return operation_of(table).map(|operation| format!("{operation}/{index}"));
    }
    let table = call.args.first().and_then(table)?;
    let action = chain(&call.receiver).into_iter().find_map(|call| action(&call.method.to_string())).or_else(|| builder(&call.receiver))?;
    Some(format!("{action} {table}"))
}

/// The method calls that an expression is made of, outermost first.
fn chain(mut expression: &syn::Expr) -> Vec<&syn::ExprMethodCall> {
    let mut calls = Vec::new();
    while let syn::Expr::MethodCall(call) = expression {
        calls.push(call);
        expression = &call.receiver;
    }
    calls
}

fn action(method: &str) -> Option<&'static str> {
    Some(match method {
        "put_item" => "PutItem",
        "get_item" => "GetItem",
        "update_item" => "UpdateItem",
        "delete_item" => "DeleteItem",
        "query" => "Query",
        "batch_get_item" => "BatchGetItem",
        _ => return None,
    })
}

/// A part of a transaction needs the permission of the single operation.
fn builder(expression: &syn::Expr) -> Option<&'static str> {
    let syn::Expr::Call(call) = expression else { return None };
    let syn::Expr::Path(path) = &*call.func else { return None };
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match names.iter().rev().nth(1)?.as_str() {
        "Update" => Some("UpdateItem"),
        "Put" => Some("PutItem"),
        "Delete" => Some("DeleteItem"),
        "ConditionCheck" => Some("ConditionCheckItem"),
        _ => None,
    }
}

/// `self.main()` or `self.inventory()`.
fn table(expression: &syn::Expr) -> Option<&'static str> {
    let syn::Expr::MethodCall(call) = expression else { return None };
    match call.method.to_string().as_str() {
        "main" => Some("main"),
        "inventory" => Some("inventory"),
        _ => None,
    }
}
