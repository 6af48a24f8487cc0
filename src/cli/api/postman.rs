//! `docwright api postman`: a spec as a Postman collection.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::load;
use crate::api::postman;
use crate::cli::project::plural;
use crate::cli::{Global, Outcome, output};
use crate::disk;

/// How many differences `--check` names in a file.
const SHOWN: usize = 20;

/// The arguments.
#[derive(Debug, Args)]
#[command(
    after_help = "The same document gives the same bytes, so the collection can be committed, and `--check` says in CI when it is out of date."
)]
pub(in crate::cli) struct Postman {
    /// The OpenAPI document [default: the one of the project]
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// Where the collection goes [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write an environment for each server into this folder
    #[arg(long, value_name = "DIR")]
    environments: Option<PathBuf>,
    /// Write nothing; say what is out of date, and exit with 1 if something is
    #[arg(long, requires = "output")]
    check: bool,
}

impl Postman {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load::one(global, self.spec.as_deref())?;
        load::refuse_unreadable(&loaded)?;
        let collection = postman::collection(&loaded.spec, &loaded.sources);
        let Some(path) = &self.output else {
            output::result(&pretty(&collection))?;
            return self.environments(&loaded, global, false);
        };
        if self.check {
            let outcome = stale(path, &collection)?;
            let others = self.environments(&loaded, global, true)?;
            return Ok(if outcome == Outcome::Clean { others } else { outcome });
        }
        disk::write_file(path, pretty(&collection).as_bytes())?;
        if !global.quiet {
            let requests = plural(requests(&collection).len(), "request");
            output::note(&format!("Wrote {requests} to {}.", path.display()));
        }
        self.environments(&loaded, global, false)
    }

    fn environments(&self, loaded: &load::Loaded, global: &Global, check: bool) -> miette::Result<Outcome> {
        let Some(folder) = &self.environments else { return Ok(Outcome::Clean) };
        let all = postman::environments(&loaded.spec, &loaded.sources);
        let mut outcome = Outcome::Clean;
        for (name, environment) in &all {
            let path = folder.join(name);
            if !check {
                disk::write_file(&path, pretty(environment).as_bytes())?;
            } else if stale(&path, environment)? != Outcome::Clean {
                outcome = Outcome::Findings;
            }
        }
        if !check && !global.quiet {
            let count = plural(all.len(), "environment");
            output::note(&format!("Wrote {count} to {}.", folder.display()));
        }
        Ok(outcome)
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Says on standard output how a file differs from what it would be.
fn stale(path: &Path, expected: &Value) -> miette::Result<Outcome> {
    let shown = path.display();
    if !disk::exists(path) {
        output::result(&format!("{shown}: does not exist\n"))?;
        return Ok(Outcome::Findings);
    }
    let text = disk::read_text(path)?;
    // A checkout may have put `\r\n` at the ends of lines.
    if text.replace("\r\n", "\n") == pretty(expected) {
        return Ok(Outcome::Clean);
    }
    let differences = match serde_json::from_str::<Value>(&text) {
        Ok(old) => differences(&old, expected),
        Err(error) => vec![format!("is no JSON: {error}")],
    };
    let mut out = String::new();
    for it in differences.iter().take(SHOWN) {
        out.push_str(&format!("{shown}: {it}\n"));
    }
    if differences.len() > SHOWN {
        out.push_str(&format!("{shown}: and {} more\n", differences.len() - SHOWN));
    }
    output::result(&out)?;
    output::note("The document changed since: run the same command without `--check`.");
    Ok(Outcome::Findings)
}

fn differences(old: &Value, new: &Value) -> Vec<String> {
    let (before, after) = (requests(old), requests(new));
    let mut all = Vec::new();
    for (name, request) in &after {
        match before.iter().find(|(known, _)| known == name) {
            None => all.push(format!("`{name}` is missing")),
            Some((_, known)) if known != request => all.push(format!("`{name}` is out of date")),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(known, _)| known == name));
    all.extend(gone.map(|(name, _)| format!("`{name}` is no longer in the document")));
    for key in ["info", "auth", "variable", "name", "values"] {
        if old.get(key) != new.get(key) {
            all.push(format!("`{key}` is out of date"));
        }
    }
    if all.is_empty() {
        all.push("folders, order or formatting are out of date".to_owned());
    }
    all
}

/// The requests of a collection, each with its method and path.
fn requests(collection: &Value) -> Vec<(String, &Value)> {
    let mut all = Vec::new();
    let mut open: Vec<&Value> = vec![collection];
    while let Some(folder) = open.pop() {
        for item in folder["item"].as_array().into_iter().flatten() {
            let request = &item["request"];
            if request.is_object() {
                let path: Vec<&str> = request["url"]["path"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                let method = request["method"].as_str().unwrap_or_default();
                all.push((format!("{method} /{}", path.join("/")), item));
            } else {
                open.push(item);
            }
        }
    }
    all
}
