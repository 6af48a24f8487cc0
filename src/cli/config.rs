//! `docwright config`: the effective configuration, and where each value came from.

use std::fmt::Write;

use clap::Args;

use super::project::configuration;
use super::{Global, Outcome, output};
use crate::config::keys::KEYS;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Config {
    /// Print every key with its form, default and meaning, as a Markdown table
    #[arg(long)]
    reference: bool,
}

impl Config {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        if self.reference {
            output::result(&crate::config::keys::reference())?;
            return Ok(Outcome::Clean);
        }
        let (root, config) = configuration(global, None)?;
        let mut text = String::new();
        let _ = writeln!(text, "root = {}", root.display());
        let set = &config.origins.places;
        let width = KEYS.iter().map(|it| it.path.len()).chain(set.keys().map(String::len)).max().unwrap_or(0);
        for key in KEYS.iter().filter(|it| !it.doc.is_empty()) {
            let mut found = false;
            for (path, origin) in set.iter().filter(|(path, _)| matches(key.path, path)) {
                found = true;
                let _ = writeln!(text, "{path:<width$}  {}  ({})", origin.value, origin.place);
            }
            if !found && !key.path.contains('*') {
                let _ = writeln!(text, "{:<width$}  {}  (default)", key.path, key.default);
            }
        }
        output::result(&text)?;
        Ok(Outcome::Clean)
    }
}

/// Whether a key that is set is this key, with `*` for any name.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('.'), path.split('.'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(part)) if expected == "*" || expected == part => {}
            _ => return false,
        }
    }
}
