//! `docwright api stats`: counted facts about a spec.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::load;
use crate::cli::{Global, Outcome, TableFormat, output};
use crate::model::spec::stats::{Fact, facts};

/// The arguments.
#[derive(Debug, Args)]
pub(in crate::cli) struct Stats {
    /// The OpenAPI document [default: the one of the project]
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// How the counts are printed
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

impl Stats {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load::one(global, self.spec.as_deref())?;
        load::refuse_unreadable(&loaded)?;
        let facts = facts(&loaded.spec, &loaded.sources);
        output::result(&match self.format {
            TableFormat::Text => text(&facts),
            TableFormat::Json => json(&facts),
        })?;
        Ok(Outcome::Clean)
    }
}

fn text(facts: &[Fact]) -> String {
    let mut out = String::new();
    for it in facts {
        let name = it.name.replace('_', " ");
        let _ = match it.of {
            None => writeln!(out, "{:>6}               {name}", it.count),
            Some(0) => writeln!(out, "{:>6} of {:<10} {name}", it.count, 0),
            Some(of) => {
                // Rounded down: 100 % means all of them.
                let share = format!("{of:<5}{:>3} %", it.count * 100 / of);
                writeln!(out, "{:>6} of {share}  {name}", it.count)
            }
        };
    }
    out
}

fn json(facts: &[Fact]) -> String {
    let value = |it: &Fact| match it.of {
        None => Value::from(it.count),
        Some(of) => json!({ "count": it.count, "of": of }),
    };
    let stats: Map<String, Value> = facts.iter().map(|it| (it.name.to_owned(), value(it))).collect();
    format!("{:#}\n", json!({ "version": 1, "stats": stats }))
}
