//! `docwright routes`: the routes in the code beside the operations of the specs.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::project::{Loaded, load_with, looked_at, plural, wanted};
use super::table::{Cell, Paint, aligned, painted};
use super::{Global, Outcome, output, scaffold};
use crate::config::{self, Config};
use crate::disk;
use crate::model::Project;
use crate::model::coverage::{Answered, Row, Status};
use crate::model::route::{Framework, QueryParameter, Reach};
use crate::parse::routes as evidence;
use crate::source::Span;

/// How many kinds of undocumented requests the text lists; JSON has them all.
const MOST_SEEN: usize = 50;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Routes {
    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Take routes or requests from a file that another program wrote; may be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    import: Vec<Import>,
    /// Write skeleton operations for what no spec documents: a new document, or into one that is there
    #[arg(long, value_name = "FILE")]
    scaffold: Option<PathBuf>,
}

/// A file with routes or requests.
#[derive(Debug, Clone)]
struct Import {
    format: evidence::Format,
    file: PathBuf,
}

impl FromStr for Import {
    type Err = String;

    fn from_str(text: &str) -> Result<Import, String> {
        let names = || evidence::Format::ALL.map(evidence::Format::name).join(", ");
        let (format, file) = text.split_once('=').filter(|(_, file)| !file.is_empty()).ok_or_else(|| {
            format!("expected a format and a file, such as artisan=routes.json; there are {}", names())
        })?;
        let format = evidence::Format::find(format)
            .ok_or_else(|| format!("there is no format `{format}`; there are {}", names()))?;
        Ok(Import { format, file: PathBuf::from(file) })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Tsv,
}

impl Routes {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load_with(global, None, |config, root| {
            config.routes.query = self.scaffold.is_some() || self.format == Format::Json;
            self.add_imports(config, root)
        })?;
        let project = &loaded.project;
        if let Some(file) = &self.scaffold {
            scaffold::write(&loaded, file, global.quiet)?;
        }
        let text = match self.format {
            Format::Text => text(&loaded, output::style().color),
            Format::Json => json(project),
            Format::Tsv => tsv(project),
        };
        output::result(&text)?;
        let generated = !project.routes.contract_first.is_empty();
        let names = |of: &dyn Fn(&Framework) -> bool| -> Vec<&str> {
            let frameworks = project.routes.frameworks.iter();
            frameworks.filter(|it| !generated && of(it)).map(|it| it.name.as_str()).collect()
        };
        let blind = names(&|it| it.routes == 0 && it.reach == Reach::Whole);
        let unread = names(&|it| it.reach == Reach::Unread);
        let partly = names(&|it| it.reach == Reach::Partly);
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(project)));
        }
        if !blind.is_empty() {
            output::note(&format!("{} is used and no route of it was found.", blind.join(", ")));
        }
        if !unread.is_empty() {
            output::note(&format!(
                "{} is used, whose routes docwright does not read: give it a list of them with `--import`.",
                unread.join(", ")
            ));
        }
        if !partly.is_empty() {
            output::note(&format!(
                "The program that uses {} is too large to be followed to its end: routes may be missing. Leave out \
                 what serves nothing with `routes.sources`.",
                partly.join(", ")
            ));
        }
        if !(blind.is_empty() && unread.is_empty() && partly.is_empty()) {
            return Ok(Outcome::Nothing);
        }
        let open = project.coverage.rows.iter().any(|row| {
            matches!(
                row.status,
                Status::Undocumented | Status::Stale | Status::VerbDiffers | Status::PrefixDiffers(_)
            )
        });
        let open = open || !project.coverage.traffic.undocumented.is_empty();
        Ok(if open && !project.specs.is_empty() { Outcome::Findings } else { Outcome::Clean })
    }

    /// Puts the files of the command line beside those of the configuration.
    fn add_imports(&self, config: &mut Config, root: &Path) -> miette::Result<()> {
        let files: Vec<PathBuf> = self.import.iter().map(|it| it.file.clone()).collect();
        // Paths of the configuration count from its own folder.
        let up = "../".repeat(config.origins.base.split('/').filter(|it| !it.is_empty()).count());
        for (import, path) in self.import.iter().zip(wanted(&files, root)?) {
            let file = format!("{up}{}", disk::slashes(&path));
            config.routes.import.push(config::Import { format: import.format.name().to_owned(), file });
        }
        Ok(())
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
            let route = row.route.and_then(|it| project.routes.routes.get(it));
            let query: Vec<Value> = route.iter().flat_map(|it| &it.query).map(query_parameter).collect();
            if !query.is_empty() {
                value["query"] = query.into();
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
            "library": totals.library,
            "contract_first": totals.contract_first,
        },
        "requests": requests(project),
    });
    format!("{value:#}\n")
}

/// A query parameter that the code names.
fn query_parameter(parameter: &QueryParameter) -> Value {
    let (kind, format) = parameter.of.schema();
    let mut value = json!({ "name": parameter.name, "required": parameter.required, "type": kind });
    if let Some(format) = format {
        value["format"] = format.into();
    }
    if parameter.array {
        value["array"] = true.into();
    }
    value
}

/// What requests say that were seen.
fn requests(project: &Project) -> Value {
    let traffic = &project.coverage.traffic;
    let undocumented = traffic.undocumented.iter().map(|it| {
        json!({ "method": it.method, "path": it.path, "served": it.route.is_some(), "paths": it.paths, "requests": it.requests })
    });
    json!({
        "documented": traffic.documented,
        "excluded": traffic.excluded,
        "undocumented": undocumented.collect::<Vec<_>>(),
    })
}

/// The same for people; nothing where none were.
fn seen(project: &Project, color: bool) -> String {
    let traffic = &project.coverage.traffic;
    let requests: usize = project.routes.requests.iter().map(|it| it.count).sum();
    if requests == 0 {
        return String::new();
    }
    let row = |it: &Answered| -> [Cell; 4] {
        let alike = if it.paths > 1 { format!("{} paths", it.paths) } else { String::new() };
        [format!("{}x", it.requests).into(), it.method.as_str().into(), it.path.as_str().into(), alike.into()]
    };
    let rows: Vec<[Cell; 4]> = traffic.undocumented.iter().take(MOST_SEEN).map(row).collect();
    let open: usize = traffic.undocumented.iter().map(|it| it.requests).sum();
    let mut out = String::from("\n");
    if !rows.is_empty() {
        out.push_str("Answered, and in no spec:\n");
        out.push_str(&aligned(&rows, [10, 10, 60, 20], color));
    }
    let more = traffic.undocumented.len() - rows.len();
    if more > 0 {
        let _ = writeln!(out, "… and {more} more");
    }
    let _ = writeln!(
        out,
        "Of {} that were seen answered, {} are of documented operations, {} of excluded routes, {open} of nothing \
         in a spec.",
        plural(requests, "request"),
        traffic.documented,
        traffic.excluded
    );
    out
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
    for it in &project.routes.contract_first {
        let _ = writeln!(
            out,
            "{}: generates the server from the spec; there is no code to hold against it",
            it.evidence
        );
    }
    for (base, spec) in project.coverage.bases.iter().zip(&project.specs) {
        let path = project.sources.path(spec.source);
        let _ = writeln!(out, "{path}: {}", base.words(&project.sources));
    }
    out + &seen(project, color)
}
