//! `docwright stats`: counted facts about the project.

use std::fmt::Write;

use clap::Args;
use serde_json::{Map, json};

use super::project::load;
use super::{Global, Outcome, TableFormat, output};
use crate::model::count::counts;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// How the counts are printed
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

impl Stats {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let counts = counts(&loaded.project);
        let text = match self.format {
            TableFormat::Text => counts.iter().fold(String::new(), |mut out, (name, count)| {
                let _ = writeln!(out, "{count:>8}  {name}");
                out
            }),
            TableFormat::Json => {
                let map: Map<_, _> = counts.iter().map(|&(name, it)| (name.to_owned(), json!(it))).collect();
                format!("{:#}\n", json!({ "version": 1, "stats": map }))
            }
        };
        output::result(&text)?;
        Ok(Outcome::Clean)
    }
}
