//! `docwright alerts`: the alerting rules beside the runbooks that they point at.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::project::{load, looked_at};
use super::table::{Cell, Paint, aligned, markdown_row, painted};
use super::{Global, Outcome, output};
use crate::model::Project;
use crate::model::alert::{Alert, Runbook};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Alerts {
    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Alerts {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let project = &loaded.project;
        let text = match self.format {
            Format::Text => text(project, output::style().color),
            Format::Json => json(project),
            Format::Markdown => markdown(project),
        };
        output::result(&text)?;
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(project)));
            for (address, folder) in &project.alerts.assumed {
                let folder = if folder.is_empty() { "this repository" } else { folder };
                output::note(&format!("{address} is taken for {folder}: most links below it fit."));
            }
            if project.alerts.all.is_empty() {
                output::note("No alerting rules were found; `alerts.rules` in book.toml names their files.");
            }
        }
        let missing = project.alerts.totals().missing;
        Ok(if missing > 0 { Outcome::Findings } else { Outcome::Clean })
    }
}

fn place(project: &Project, alert: &Alert) -> (String, u32) {
    let source = project.sources.get(alert.span.source);
    (source.path.clone(), source.position(alert.span.start).line)
}

/// The path of the runbook that was found.
fn page(project: &Project, alert: &Alert) -> Option<String> {
    match &alert.runbook {
        Runbook::File { path, .. } => Some(path.clone()),
        Runbook::NoAnchor { page, .. } => {
            project.pages.get(*page).map(|it| project.sources.path(it.source).to_owned())
        }
        Runbook::None | Runbook::External | Runbook::Missing(_) => None,
    }
}

/// What the runbook's column says.
fn runbook(project: &Project, alert: &Alert) -> String {
    match &alert.runbook {
        Runbook::None => "—".to_owned(),
        Runbook::Missing(path) => path.clone(),
        Runbook::NoAnchor { anchor, .. } => {
            format!("{}#{anchor}", page(project, alert).unwrap_or_default())
        }
        Runbook::File { path, .. } => path.clone(),
        Runbook::External => alert.link.as_ref().map_or_else(String::new, |it| one_line(&it.address)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(project: &Project, color: bool) -> String {
    let rows: Vec<[Cell; 5]> = project
        .alerts
        .all
        .iter()
        .map(|it| {
            let (path, line) = place(project, it);
            let paint = match &it.runbook {
                Runbook::Missing(_) | Runbook::NoAnchor { .. } => Paint::Bad,
                Runbook::None if project.alerts.pages_somebody(it) => Paint::Careful,
                Runbook::None | Runbook::External => Paint::Faint,
                Runbook::File { .. } => Paint::Good,
            };
            [
                painted(it.runbook.status(), paint),
                it.severity.as_deref().unwrap_or("—").into(),
                it.name.as_str().into(),
                runbook(project, it).into(),
                painted(format!("{path}:{line}"), Paint::Faint),
            ]
        })
        .collect();
    let mut out = aligned(&rows, [9, 12, 52, 80, 80], color);
    let totals = project.alerts.totals();
    if totals.alerts > 0 {
        let _ = writeln!(
            out,
            "\n{} of {} alerts have a runbook here; {} missing, {} elsewhere and not checked, {} without.",
            totals.found, totals.alerts, totals.missing, totals.external, totals.none
        );
    }
    out
}

fn json(project: &Project) -> String {
    let alerts: Vec<_> = project
        .alerts
        .all
        .iter()
        .map(|it| {
            let (path, line) = place(project, it);
            json!({
                "name": it.name,
                "severity": it.severity,
                "path": path,
                "line": line,
                "runbook_url": it.link.as_ref().map(|link| &link.address),
                "status": it.runbook.status(),
                "page": page(project, it),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1, "alerts": alerts }))
}

fn markdown(project: &Project) -> String {
    let mut out = markdown_row(&["Alert", "Severity", "Runbook", "Status", "Rule"]);
    out.push_str("|---|---|---|---|---|\n");
    for it in &project.alerts.all {
        let (path, line) = place(project, it);
        let severity = it.severity.as_deref().unwrap_or("—");
        let rule = format!("{path}:{line}");
        out.push_str(&markdown_row(&[&it.name, severity, &runbook(project, it), it.runbook.status(), &rule]));
    }
    out
}
