//! `docwright api bundle`: a spec of several files as one.

use std::path::{Path, PathBuf};

use clap::Args;
use miette::miette;

use super::load;
use crate::api::bundle::{Language, bundle};
use crate::cli::project::plural;
use crate::cli::{Global, Outcome, output};
use crate::disk;
use crate::model::spec::{ProblemKind, Target};

/// The arguments.
#[derive(Debug, Args)]
#[command(
    after_help = "What stands in other files becomes a component, named after its file or pointer. References to other hosts stay. Order and comments of YAML stay where a file can be pasted as text."
)]
pub(in crate::cli) struct Bundle {
    /// The OpenAPI document [default: the one of the project]
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// Where it goes; `.json` makes it JSON, `.yaml` and `.yml` make it YAML [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Bundle {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load::one(global, self.spec.as_deref())?;
        load::refuse_unreadable(&loaded)?;
        let spec = &loaded.spec;
        let root = loaded.sources.path(spec.source);
        let target = self.output.as_deref().unwrap_or(Path::new(root));
        let bundle = bundle(spec, &loaded.sources, language(target)?)
            .map_err(|error| miette!("cannot bundle `{root}`: {}", error.as_str()))?;
        for problem in spec.problems.iter().filter(|it| it.kind == ProblemKind::Reference) {
            let source = loaded.sources.get(problem.span.source);
            let line = source.position(problem.span.start).line;
            output::note(&format!("{}:{line}: {}; it stays as it is", source.path, problem.message));
        }
        for span in &bundle.left {
            let source = loaded.sources.get(span.source);
            let line = source.position(span.start).line;
            let words = loaded.sources.text(*span);
            output::note(&format!(
                "{}:{line}: `{words}` is no text of the project; it stays as it is",
                source.path
            ));
        }
        match &self.output {
            None => output::result(&bundle.text)?,
            Some(path) => {
                disk::write_file(path, bundle.text.as_bytes())?;
                if !global.quiet {
                    let remote = spec.references.iter().filter(|it| it.target == Target::Remote).count();
                    let left = if remote == 0 {
                        String::new()
                    } else {
                        format!("; {} to other hosts stayed", plural(remote, "reference"))
                    };
                    let files = plural(spec.files.len(), "file");
                    output::note(&format!("Wrote {files} as {}{left}.", path.display()));
                }
            }
        }
        Ok(Outcome::Clean)
    }
}

/// The language of a file, by its name.
fn language(path: &Path) -> miette::Result<Language> {
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => Ok(Language::Json),
        Some("yaml" | "yml") => Ok(Language::Yaml),
        _ => Err(miette!(
            help = "end its name with `.yaml`, `.yml` or `.json`",
            "cannot tell what `{}` is to be written in",
            path.display()
        )),
    }
}
