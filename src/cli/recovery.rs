//! `docwright recovery`: the recovery objectives that the documents state.

use clap::{Args, ValueEnum};
use serde_json::json;

use super::project::load;
use super::table::{Cell, Paint, aligned, markdown_row, painted};
use super::{Global, Outcome, output};
use crate::model::Project;
use crate::model::fact::{Fact, Objective, Status};
use crate::model::matrix::{self, Row, Verdict};
use crate::source::Span;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Recovery {
    /// How matrix and facts are printed
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
            Format::Text => text(project, output::style().color),
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

fn subject(subject: &[String]) -> String {
    if subject.is_empty() { "whole system".to_owned() } else { subject.join(" › ") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the document, on one line.
fn value(fact: &Fact) -> String {
    let words = one_line(&fact.raw);
    if words.is_empty() { "—".to_owned() } else { words }
}

/// The values of a cell of the matrix, each once.
fn values(row: &Row<'_>, kind: Objective, actual: bool) -> String {
    let mut values: Vec<String> = Vec::new();
    for fact in row.cell(kind, actual) {
        let value = value(fact);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.is_empty() { "–".to_owned() } else { values.join(", ") }
}

const MATRIX: [&str; 8] =
    ["Subject", "RTO", "RTO actual", "RPO", "RPO actual", "Backups", "Last drill", "Status"];

fn matrix_row(project: &Project, row: &Row<'_>) -> [String; 8] {
    let words =
        |span: Option<Span>| span.map_or_else(|| "–".to_owned(), |it| one_line(project.sources.text(it)));
    [
        subject(row.subject()),
        values(row, Objective::Rto, false),
        values(row, Objective::Rto, true),
        values(row, Objective::Rpo, false),
        values(row, Objective::Rpo, true),
        words(row.backup.map(|it| it.span)),
        words(row.drill.map(|it| it.span)),
        row.verdict().as_str().to_owned(),
    ]
}

const FACTS: [&str; 6] = ["Subject", "Objective", "Value", "Role", "Status", "Place"];

fn fact_row(project: &Project, fact: &Fact) -> [String; 6] {
    [
        subject(&fact.subject),
        fact.kind.as_str().to_owned(),
        value(fact),
        fact.role.as_str().to_owned(),
        fact.status.as_str().to_owned(),
        place(project, fact),
    ]
}

fn text(project: &Project, color: bool) -> String {
    if project.facts.is_empty() {
        return String::new();
    }
    fn head<const N: usize>(names: [&str; N]) -> [Cell; N] {
        names.map(|it| painted(it, Paint::Head))
    }
    let mut matrix = vec![head(MATRIX)];
    for row in matrix::rows(project) {
        let paint = match row.verdict() {
            Verdict::OverTarget | Verdict::Contradicting => Paint::Bad,
            Verdict::NotSet | Verdict::NoNumber => Paint::Careful,
            Verdict::NoTarget | Verdict::NotMeasured => Paint::Faint,
            Verdict::Met => Paint::Good,
        };
        let mut cells = matrix_row(project, &row).map(Cell::from);
        cells[7].paint = paint;
        matrix.push(cells);
    }
    let mut facts = vec![head(FACTS)];
    for fact in &project.facts {
        let mut cells = fact_row(project, fact).map(Cell::from);
        cells[4].paint = if fact.status == Status::Set { Paint::Plain } else { Paint::Careful };
        cells[5].paint = Paint::Faint;
        facts.push(cells);
    }
    let matrix = aligned(&matrix, [40, 28, 20, 28, 20, 20, 16, 13], color);
    let facts = aligned(&facts, [40, 9, 28, 11, 6, 80], color);
    format!("{matrix}\n{facts}")
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
    let raw = |row: &Row<'_>, kind: Objective, actual: bool| -> Vec<String> {
        row.cell(kind, actual).map(|it| it.raw.clone()).collect()
    };
    let rows = matrix::rows(project);
    let matrix: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "subject": row.subject(),
                "rto": { "target": raw(row, Objective::Rto, false), "actual": raw(row, Objective::Rto, true) },
                "rpo": { "target": raw(row, Objective::Rpo, false), "actual": raw(row, Objective::Rpo, true) },
                "backup": row.backup.map(|it| one_line(project.sources.text(it.span))),
                "drill": row.drill.map(|it| it.last.to_string()),
                "status": row.verdict().as_str(),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1, "facts": facts, "matrix": matrix }))
}

fn markdown(project: &Project) -> String {
    let head = |names: &[&str]| format!("{}|{}\n", markdown_row(names), "---|".repeat(names.len()));
    let mut out = head(&MATRIX);
    for row in matrix::rows(project) {
        out.push_str(&markdown_row(&matrix_row(project, &row).each_ref().map(String::as_str)));
    }
    out.push('\n');
    out.push_str(&head(&FACTS));
    for fact in &project.facts {
        out.push_str(&markdown_row(&fact_row(project, fact).each_ref().map(String::as_str)));
    }
    out
}
