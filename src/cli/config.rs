//! `docwright config`: the effective configuration, and where each value came from.

use std::fmt::Write;
use std::path::Path;

use clap::Args;

use super::project::configuration;
use super::{Global, Outcome, output};
use crate::config::keys::{KEYS, Key};
use crate::disk;
use crate::finding::Severity;
use crate::lint::rules::api::aliases::rule as alias;
use crate::parse::ruleset;
use crate::source::{Source, Sources};

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
        for key in KEYS.iter().filter(|it| it.is_used()) {
            let mut found = false;
            for (path, origin) in set.iter().filter(|(path, _)| matches(key.path, path)) {
                found = true;
                let _ = writeln!(text, "{path:<width$}  {}  ({})", origin.value, origin.place);
            }
            if !found && !key.path.contains('*') {
                let _ = writeln!(text, "{:<width$}  {}  (default)", key.path, key.default);
            }
        }
        for key in KEYS.iter().filter(|it| !it.is_used()) {
            for (path, origin) in set.iter().filter(|(path, _)| is_for(key, path)) {
                let _ = writeln!(
                    text,
                    "{path:<width$}  {}  ({}; without effect: {})",
                    origin.value, origin.place, key.doc
                );
            }
        }
        for (rule, level, place) in imported(&root, &config)? {
            let path = format!("lint.rules.{rule}");
            let _ = writeln!(text, "{path:<width$}  {level:?}  ({place})");
        }
        output::result(&text)?;
        Ok(Outcome::Clean)
    }
}

/// The levels that rulesets of other linters set and the configuration leaves to them, each with its place.
fn imported(
    root: &Path,
    config: &crate::config::Config,
) -> miette::Result<Vec<(String, &'static str, String)>> {
    let there = ruleset::FILES.iter().filter(|it| disk::exists(&root.join(it)));
    let read = |name: &&str| disk::read_text(&root.join(name)).map(|text| Source::new(*name, text));
    let sources = Sources::new(there.map(read).collect::<miette::Result<_>>()?);
    let set = |name: &str| config.lint.rules.get(name).and_then(|it| it.level()).is_some();
    let mut levels: Vec<(String, &'static str, String)> = Vec::new();
    for level in ruleset::read(&sources) {
        let Some(rule) = alias(&level.rule) else { continue };
        let group = rule.split('/').next().unwrap_or(rule);
        let known = [rule, group, &format!("{group}/*")].iter().any(|it| set(it));
        if !known && !levels.iter().any(|it| it.0 == rule) {
            let source = sources.get(level.span.source);
            let line = source.position(level.span.start).line;
            let place = format!("{}:{line}, `{}`", source.path, level.rule);
            levels.push((rule.to_owned(), level.severity.map_or("off", Severity::as_str), place));
        }
    }
    levels.sort();
    Ok(levels)
}

/// Whether a key that is set is this one, and no key of its own.
fn is_for(key: &Key, path: &str) -> bool {
    matches(key.path, path)
        && !KEYS
            .iter()
            .any(|it| it.path != key.path && !it.path.starts_with("output.*") && matches(it.path, path))
}

/// Whether a key that is set is this key, with `*` for any name and `**` for anything.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('.'), path.split('.'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some("**"), _) => return true,
            (Some(expected), Some(part)) if expected == "*" || expected == part => {}
            _ => return false,
        }
    }
}
