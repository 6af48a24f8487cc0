//! `docwright routes --scaffold`: skeleton operations for what no spec documents.

use std::path::Path;

use miette::miette;

use super::output;
use super::project::{Loaded, plural};
use crate::api::bundle::Language;
use crate::api::scaffold::{Missing, document, merge};
use crate::disk;
use crate::model::coverage::{Base, Status};
use crate::model::route::Confidence;

/// Writes a new document, or adds to the one that is there.
///
/// # Errors
/// The file's name is none of YAML or JSON, it cannot be added to, or it cannot be written.
pub(super) fn write(loaded: &Loaded, file: &Path, quiet: bool) -> miette::Result<()> {
    let project = &loaded.project;
    let language = match file.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("yaml" | "yml") => Language::Yaml,
        Some("json") => Language::Json,
        _ => {
            let help = "name it `openapi.yaml` or `openapi.json`";
            return Err(miette!(help = help, "`{}` is neither YAML nor JSON", file.display()));
        }
    };
    let existing = disk::existing(file);
    let inside = existing.as_deref().and_then(|it| it.strip_prefix(&loaded.root).ok()).map(disk::slashes);
    let spec =
        inside.and_then(|path| project.specs.iter().position(|it| project.sources.path(it.source) == path));
    let base = spec.and_then(|it| project.coverage.bases.get(it));
    let missing = missing(loaded, base);
    let (text, added) = match &existing {
        None => {
            (document(title(loaded), "", &missing, language), missing.iter().map(Missing::operations).sum())
        }
        Some(path) => {
            let text = disk::read_text(path)?;
            let merged = merge(&file.to_string_lossy(), &text, &missing)
                .map_err(|why| miette!("nothing can be added to `{}`: {why}", file.display()))?;
            for path in &merged.left {
                output::note(&format!("`{path}` stands elsewhere or in one line; nothing was added to it"));
            }
            (merged.text, merged.added)
        }
    };
    disk::write_file(existing.as_deref().unwrap_or(file), text.as_bytes())?;
    if !quiet {
        output::note(&format!("Wrote {} to {}.", plural(added, "skeleton operation"), file.display()));
    }
    Ok(())
}

fn title(loaded: &Loaded) -> &str {
    match loaded.project.book.title.as_str() {
        "" => "API",
        title => title,
    }
}

/// What is served and in no spec, in the order of the table.
fn missing(loaded: &Loaded, base: Option<&Base>) -> Vec<Missing> {
    let project = &loaded.project;
    let rows = project.coverage.rows.iter().filter(|it| it.status == Status::Undocumented);
    let routes = rows.filter_map(|it| project.routes.routes.get(it.route?));
    let routes = routes.filter(|it| it.confidence == Confidence::Resolved);
    let missing = routes.map(|it| {
        let source = project.sources.get(it.span.source);
        Missing {
            method: it.method.clone(),
            path: base.map_or_else(|| it.path.clone(), |base| base.documented(&it.path)),
            origin: format!("{}:{}", source.path, source.position(it.span.start).line),
            query: it.query.clone(),
        }
    });
    missing.collect()
}
