//! `docwright api diff`: what changed between two versions of a spec.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::load::{self, Loaded};
use crate::api::diff::{self, Change, Level, Side, Version};
use crate::cli::project::{plural, today};
use crate::cli::table::{Cell, Paint, aligned, markdown_row, painted};
use crate::cli::{Global, Outcome, output};
use crate::source::{Position, Span};

/// How many annotations of a level GitHub shows of a step.
const SHOWN: usize = 10;

/// The arguments.
#[derive(Debug, Args)]
#[command(
    after_help = "OLD and NEW are files, or `REV:path` for a file as it was in a commit, tag or branch:
  docwright api diff main:docs/api/openapi.yaml docs/api/openapi.yaml --fail-on breaking"
)]
pub(in crate::cli) struct Diff {
    /// The document before: a file, or `REV:path`
    #[arg(value_name = "OLD")]
    old: String,
    /// The document after: a file, or `REV:path`
    #[arg(value_name = "NEW")]
    new: String,
    /// How the changes are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::None, value_name = "LEVEL")]
    fail_on: FailOn,
    /// The day that counts as today, for `x-sunset` [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, grouped by operation; `--verbose` lists changed descriptions too
    Text,
    /// For scripts
    Json,
    /// A changelog
    Markdown,
    /// Annotations of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A change that breaks clients
    Breaking,
    /// Nothing
    None,
}

/// Both versions.
struct Sides {
    old: Loaded,
    new: Loaded,
}

impl Diff {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let sides = Sides { old: load::side(global, &self.old)?, new: load::side(global, &self.new)? };
        load::refuse_unreadable(&sides.old)?;
        load::refuse_unreadable(&sides.new)?;
        let version = |it| -> Version<'_> {
            let Loaded { spec, sources, .. }: &Loaded = it;
            Version { spec, sources }
        };
        let as_of = Some(self.as_of.unwrap_or_else(today));
        let changes = diff::changes(version(&sides.old), version(&sides.new), as_of);
        let text = match self.format {
            Format::Text => text(&sides, &changes, global.verbose, output::style().color),
            Format::Json => json(&sides, &changes),
            Format::Markdown => markdown(&changes),
            Format::Github => github(&sides, &changes),
        };
        output::result(&text)?;
        let is_broken = changes.iter().any(|it| it.level == Level::Breaking);
        Ok(if is_broken && self.fail_on == FailOn::Breaking { Outcome::Findings } else { Outcome::Clean })
    }
}

impl Sides {
    fn place(loaded: &Loaded, span: Option<Span>) -> Option<(&str, Position)> {
        let source = loaded.sources.get(span?.source);
        Some((&source.path, source.position(span?.start)))
    }

    /// Where a change is, else where it was.
    fn shown(&self, change: &Change) -> String {
        let (place, suffix) = match Sides::place(&self.new, change.new).filter(|_| !change.is_gone) {
            Some(place) => (Some(place), ""),
            None => (Sides::place(&self.old, change.old), " (before)"),
        };
        place.map_or_else(String::new, |(path, at)| format!("{path}:{}:{}{suffix}", at.line, at.column))
    }
}

/// The changes that belong together, with what they belong to.
fn groups(changes: &[Change]) -> Vec<(String, Vec<&Change>)> {
    let mut groups: Vec<(String, Vec<&Change>)> = Vec::new();
    for change in changes {
        let key = match (change.operations.as_slice(), &change.component) {
            ([], _) => "API".to_owned(),
            ([one], _) => one.clone(),
            (_, Some(component)) => format!("`{component}`"),
            (several, None) => named(several),
        };
        match groups.last_mut().filter(|(last, _)| *last == key) {
            Some((_, all)) => all.push(change),
            None => groups.push((key, vec![change])),
        }
    }
    for (key, all) in &mut groups {
        if key.starts_with('`') {
            let most = all.iter().map(|it| it.operations.as_slice()).max_by_key(|it| it.len());
            *key = format!("{key}, used by {}", named(most.unwrap_or_default()));
        }
    }
    groups
}

/// `12 operations: GET /a, POST /b and 10 more`
fn named(operations: &[String]) -> String {
    const NAMED: usize = 3;
    let some = operations.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match operations.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}: {some}{more}", plural(operations.len(), "operation"))
}

fn count(changes: &[Change], level: Level) -> usize {
    changes.iter().filter(|it| it.level == level).count()
}

/// `3 breaking, 1 warning, 5 non-breaking, 2 documentation`
fn counts(changes: &[Change]) -> String {
    let words = Level::ALL.map(|level| format!("{} {}", count(changes, level), level.as_str()));
    words.join(", ")
}

fn text(sides: &Sides, changes: &[Change], verbose: bool, color: bool) -> String {
    let shown: Vec<Change> =
        changes.iter().filter(|it| verbose || it.level != Level::Documentation).cloned().collect();
    let mut rows: Vec<[Cell; 5]> = Vec::new();
    let mut heads: Vec<(usize, String)> = Vec::new();
    for (head, all) in groups(&shown) {
        heads.push((rows.len(), head));
        for it in all {
            let paint = match it.level {
                Level::Breaking => Paint::Bad,
                Level::Warning => Paint::Careful,
                Level::NonBreaking => Paint::Good,
                Level::Documentation => Paint::Faint,
            };
            rows.push([
                "".into(),
                painted(it.level.as_str(), paint),
                it.message.as_str().into(),
                painted(it.check, Paint::Faint),
                painted(sides.shown(it), Paint::Faint),
            ]);
        }
    }
    let mut out = String::new();
    let table = aligned(&rows, [0, 13, 72, 30, 80], color);
    let mut heads = heads.into_iter().peekable();
    for (at, line) in table.lines().enumerate() {
        if let Some((_, head)) = heads.next_if(|(first, _)| *first == at) {
            let gap = if at == 0 { "" } else { "\n" };
            let head = if color { format!("\u{1b}[1m{head}\u{1b}[0m") } else { head };
            let _ = writeln!(out, "{gap}{head}");
        }
        let _ = writeln!(out, "{line}");
    }
    if changes.is_empty() {
        return "Nothing changed.\n".to_owned();
    }
    let gap = if out.is_empty() { "" } else { "\n" };
    let hint = match count(changes, Level::Documentation) {
        0 => "",
        _ if verbose => "",
        _ => " `--verbose` lists the changes of documentation.",
    };
    let _ = writeln!(out, "{gap}{}.{hint}", counts(changes));
    out
}

fn json(sides: &Sides, changes: &[Change]) -> String {
    let place = |loaded, span| {
        Sides::place(loaded, span)
            .map(|(path, at)| json!({ "path": path, "line": at.line, "column": at.column }))
    };
    let all: Vec<Value> = changes
        .iter()
        .map(|it| {
            let mut value = Map::new();
            value.insert("id".to_owned(), it.check.into());
            value.insert("level".to_owned(), it.level.as_str().into());
            if let Some(side) = it.side {
                let side = if side == Side::Request { "request" } else { "response" };
                value.insert("direction".to_owned(), side.into());
            }
            if let [one] = it.operations.as_slice() {
                value.insert("operation".to_owned(), one.as_str().into());
            }
            if let Some(component) = &it.component {
                value.insert("component".to_owned(), component.as_str().into());
            }
            value.insert("operations".to_owned(), it.operations.clone().into());
            value.insert("message".to_owned(), it.message.as_str().into());
            for (key, place) in [("old", place(&sides.old, it.old)), ("new", place(&sides.new, it.new))] {
                if let Some(place) = place {
                    value.insert(key.to_owned(), place);
                }
            }
            value.into()
        })
        .collect();
    let summary: Map<String, Value> =
        Level::ALL.iter().map(|it| (it.as_str().to_owned(), count(changes, *it).into())).collect();
    format!("{:#}\n", json!({ "version": 1, "changes": all, "summary": summary }))
}

fn markdown(changes: &[Change]) -> String {
    let mut out = String::new();
    for (level, title) in [
        (Level::Breaking, "Breaking changes"),
        (Level::Warning, "Changes to look at"),
        (Level::NonBreaking, "Other changes"),
    ] {
        let some: Vec<Change> = changes.iter().filter(|it| it.level == level).cloned().collect();
        if some.is_empty() {
            continue;
        }
        let _ = write!(out, "## {title}\n\n{}", markdown_row(&["Where", "What"]));
        out.push_str("|---|---|\n");
        for (head, all) in groups(&some) {
            let head = match all.first() {
                Some(it) if it.operations.len() == 1 => format!("`{head}`"),
                _ => head,
            };
            for it in all {
                out.push_str(&markdown_row(&[&head, &it.message]));
            }
        }
        out.push('\n');
    }
    match count(changes, Level::Documentation) {
        0 if out.is_empty() => out.push_str("Nothing changed.\n"),
        0 => {}
        some => {
            let _ = writeln!(out, "{} of documentation.", plural(some, "change"));
        }
    }
    out
}

/// Workflow commands: what breaks as errors, what may break as warnings, the rest as a count.
fn github(sides: &Sides, changes: &[Change]) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    let mut left = 0;
    for (level, command) in [(Level::Breaking, "error"), (Level::Warning, "warning")] {
        let all: Vec<&Change> = changes.iter().filter(|it| it.level == level).collect();
        left += all.len().saturating_sub(SHOWN);
        for it in all.iter().take(SHOWN) {
            // What is gone has no place in the new document; an annotation needs one.
            let root = sides.new.sources.path(sides.new.spec.source);
            let (path, line, column) = match Sides::place(&sides.new, it.new) {
                Some((path, at)) => (path, at.line, at.column),
                None => (root, 1, 1),
            };
            let words = match it.operations.as_slice() {
                [] => it.message.clone(),
                [one] => format!("{one}: {}", it.message),
                several => format!("{} ({})", it.message, named(several)),
            };
            let _ = writeln!(
                out,
                "::{command} file={},line={line},col={column},title={}::{}",
                property(path),
                property(it.check),
                data(&words)
            );
        }
    }
    let more = if left > 0 { format!(" {left} of them are not shown here.") } else { String::new() };
    let _ = writeln!(out, "::notice title=docwright::API changes: {}.{more}", counts(changes));
    out
}
