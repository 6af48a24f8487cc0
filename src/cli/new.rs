//! `docwright new`: a document with the sections of its kind.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use super::project::load;
use super::{Global, Outcome, output};
use crate::disk;
use crate::model::document_type::{DocumentType, Section};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The kind of document: runbook, alert, dr-plan, backup-policy, incident, postmortem, architecture,
    /// troubleshooting, on-call, adr, or one of `documents.types`
    kind: String,
    /// Its title
    title: String,
    /// Where it goes [default: a file named after the title, in the book's folder for its kind]
    #[arg(long, value_name = "FILE")]
    path: Option<PathBuf>,
}

impl New {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let types = &loaded.project.document_types;
        let Some(kind) = types.find(&self.kind) else {
            let names: Vec<&str> = types.all().iter().map(|it| it.name.as_str()).collect();
            return Err(miette::miette!(
                help = format!("there are {}", names.join(", ")),
                "there is no kind of document `{}`",
                self.kind
            ));
        };
        let path = match &self.path {
            Some(path) => path.clone(),
            None => {
                let folder = loaded.root.join(&loaded.project.book.src).join(&kind.place);
                folder.join(format!("{}.md", file_name(&self.title, kind)))
            }
        };
        if disk::exists(&path) {
            return Err(miette::miette!(
                help = "choose another title, or another file with `--path`",
                "`{}` is there already",
                path.display()
            ));
        }
        disk::write_file(&path, page(kind, &self.title).as_bytes())?;
        output::result(&format!("{}\n", path.display()))?;
        Ok(Outcome::Clean)
    }
}

/// A file name made of the title; alerts keep theirs, because the page is found by the alert's name.
fn file_name(title: &str, kind: &DocumentType) -> String {
    if kind.name == "alert" && title.chars().all(char::is_alphanumeric) {
        return title.to_owned();
    }
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    if words.is_empty() { kind.name.clone() } else { words.join("-") }
}

/// The document: front matter, title, and each section with its hint as a comment, so that `check` lists what
/// is not written yet.
fn page(kind: &DocumentType, title: &str) -> String {
    let quoted = serde_json::Value::from(title);
    let mut page = format!("---\ntitle: {quoted}\ntype: {}\n---\n\n# {title}\n", kind.name);
    for Section { heading, hint, .. } in &kind.sections {
        let hint = if hint.is_empty() { "What stands here." } else { hint };
        let _ = write!(page, "\n## {heading}\n\n<!-- {hint} -->\n");
    }
    page
}
