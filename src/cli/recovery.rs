//! `docwright recovery`: the recovery objectives that the documents state.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::project::load;
use super::{Global, Outcome, output};
use crate::model::Project;
use crate::model::fact::Fact;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Recovery {
    /// How the facts are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Recovery {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let project = &loaded.project;
        let text = match self.format {
            Format::Text => text(project),
            Format::Json => json(project),
            Format::Markdown => markdown(project),
        };
        output::result(&text)?;
        if project.facts.is_empty() && !global.quiet {
            output::note("No document states a recovery objective.");
        }
        Ok(Outcome::Clean)
    }
}

fn place(project: &Project, fact: &Fact) -> String {
    let source = project.sources.get(fact.span.source);
    format!("{}:{}", source.path, source.position(fact.span.start).line)
}

fn subject(fact: &Fact) -> String {
    if fact.subject.is_empty() { "whole system".to_owned() } else { fact.subject.join(" › ") }
}

/// The words of the document, on one line.
fn value(fact: &Fact) -> String {
    let words = fact.raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { "—".to_owned() } else { words }
}

fn text(project: &Project) -> String {
    let rows: Vec<[String; 5]> = project
        .facts
        .iter()
        .map(|it| {
            let role = format!("{} ({})", it.role.as_str(), it.status.as_str());
            [it.kind.as_str().to_owned(), subject(it), value(it), role, place(project, it)]
        })
        .collect();
    let width = |column: usize, most: usize| {
        rows.iter().map(|it| it[column].chars().count()).max().unwrap_or(0).min(most)
    };
    let (subjects, values, roles) = (width(1, 48), width(2, 28), width(3, 20));
    let mut out = String::new();
    for [kind, subject, value, role, place] in &rows {
        let _ = writeln!(out, "{kind}  {subject:<subjects$}  {value:<values$}  {role:<roles$}  {place}");
    }
    out
}

fn json(project: &Project) -> String {
    let facts: Vec<_> = project
        .facts
        .iter()
        .map(|fact| {
            let source = project.sources.get(fact.span.source);
            json!({
                "kind": fact.kind.as_str().to_lowercase(),
                "role": fact.role.as_str(),
                "seconds": fact.seconds,
                "raw": fact.raw,
                "subject": fact.subject,
                "status": fact.status.as_str(),
                "path": source.path,
                "span": {
                    "start": source.position(fact.span.start),
                    "end": source.position(fact.span.end),
                },
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1, "facts": facts }))
}

fn markdown(project: &Project) -> String {
    let mut out = String::from("| Subject | Objective | Value | Role | Source |\n|---|---|---|---|---|\n");
    let cell = |text: String| text.replace('|', "\\|");
    for it in &project.facts {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            cell(subject(it)),
            it.kind.as_str(),
            cell(value(it)),
            it.role.as_str(),
            cell(place(project, it))
        );
    }
    out
}
