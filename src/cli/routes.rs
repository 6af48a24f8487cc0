//! `docwright routes`: the routes in the code beside the operations of the specs.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::project::{Loaded, load, looked_at};
use super::table::{Cell, Paint, aligned, painted};
use super::{Global, Outcome, output};
use crate::model::Project;
use crate::model::coverage::{BaseOrigin, Row, Status};
use crate::source::Span;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Routes {
    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Tsv,
}

impl Routes {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let project = &loaded.project;
        let text = match self.format {
            Format::Text => text(&loaded, output::style().color),
            Format::Json => json(project),
            Format::Tsv => tsv(project),
        };
        output::result(&text)?;
        let blind: Vec<&str> =
            project.routes.frameworks.iter().filter(|it| it.routes == 0).map(|it| it.name.as_str()).collect();
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(project)));
        }
        if !blind.is_empty() {
            output::note(&format!("{} is used and no route of it was found.", blind.join(", ")));
            return Ok(Outcome::Nothing);
        }
        let open = project.coverage.rows.iter().any(|row| {
            matches!(
                row.status,
                Status::Undocumented | Status::Stale | Status::VerbDiffers | Status::PrefixDiffers(_)
            )
        });
        Ok(if open && !project.specs.is_empty() { Outcome::Findings } else { Outcome::Clean })
    }
}

/// `path:line` of a place.
fn place(project: &Project, span: Span) -> (String, u32) {
    let source = project.sources.get(span.source);
    (source.path.clone(), source.position(span.start).line)
}

struct Cells {
    method: String,
    path: String,
    status: &'static str,
    confidence: &'static str,
    framework: String,
    origin: Option<(String, u32)>,
    spec: Option<(String, u32)>,
}

fn cells(project: &Project, row: &Row) -> Cells {
    let route = row.route.and_then(|it| project.routes.routes.get(it));
    let operation = row.operation.and_then(|it| project.operation(it));
    let spec = operation.map(|it| place(project, it.span));
    Cells {
        method: row.method.clone(),
        path: row.path.clone(),
        status: row.status.as_str(),
        // An operation without a route is as certain as the spec that states it.
        confidence: route.map_or("resolved", |it| it.confidence.as_str()),
        framework: route.map_or_else(String::new, |it| it.framework.clone()),
        origin: route.map(|it| place(project, it.span)).or_else(|| spec.clone()),
        spec,
    }
}

fn tsv(project: &Project) -> String {
    let mut out = String::new();
    for row in &project.coverage.rows {
        let it = cells(project, row);
        let origin = it.origin.map_or_else(String::new, |(path, line)| format!("{path}:{line}"));
        let _ = writeln!(out, "{}\t{}\t{}\t{}\t{origin}", it.method, it.path, it.status, it.confidence);
    }
    out
}

fn json(project: &Project) -> String {
    let routes: Vec<_> = project
        .coverage
        .rows
        .iter()
        .map(|row| {
            let it = cells(project, row);
            let mut value = json!({
                "method": it.method,
                "path": it.path,
                "status": it.status,
                "confidence": it.confidence,
                "framework": it.framework,
            });
            if let Some((path, line)) = it.origin {
                value["origin"] = json!({ "path": path, "line": line });
            }
            if let Some((path, line)) = it.spec {
                value["spec"] = json!({ "path": path, "line": line });
            }
            value
        })
        .collect();
    let totals = &project.coverage.totals;
    let value = json!({
        "version": 1,
        "routes": routes,
        "totals": {
            "served": totals.served,
            "documented": totals.documented,
            "served_paths": totals.served_paths,
            "documented_paths": totals.documented_paths,
            "operations": totals.operations,
            "undocumented": totals.undocumented,
            "stale": totals.stale,
            "verb_differs": totals.verb_differs,
            "prefix_differs": totals.prefix_differs,
            "excluded": totals.excluded,
            "unresolved": totals.unresolved,
        },
    });
    format!("{value:#}\n")
}

fn text(loaded: &Loaded, color: bool) -> String {
    let project = &loaded.project;
    let rows: Vec<[Cell; 4]> = project
        .coverage
        .rows
        .iter()
        .map(|row| {
            let it = cells(project, row);
            let origin = it.origin.map_or_else(String::new, |(path, line)| format!("{path}:{line}"));
            let sure =
                if it.confidence == "resolved" { String::new() } else { format!(" ({})", it.confidence) };
            let paint = match row.status {
                Status::Documented => Paint::Good,
                Status::Undocumented => Paint::Bad,
                Status::Stale | Status::VerbDiffers | Status::PrefixDiffers(_) => Paint::Careful,
                _ => Paint::Faint,
            };
            [painted(it.status, paint), it.method.into(), it.path.into(), format!("{origin}{sure}").into()]
        })
        .collect();
    let mut out = aligned(&rows, [14, 10, 60, 80], color);
    let totals = &project.coverage.totals;
    let _ = writeln!(
        out,
        "\n{} of {} served operations are documented, {} of {} paths; the specs hold {} operations.",
        totals.documented, totals.served, totals.documented_paths, totals.served_paths, totals.operations
    );
    for (base, spec) in project.coverage.bases.iter().zip(&project.specs) {
        let path = project.sources.path(spec.source);
        let _ = match base.origin {
            BaseOrigin::None => writeln!(out, "{path}: paths are compared as they stand"),
            origin => writeln!(out, "{path}: base path `{}` (from {})", base.path, origin.as_str()),
        };
    }
    out
}
