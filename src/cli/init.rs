//! `docwright init`: a first `book.toml` that names what the project holds.

use std::fmt::Write;

use clap::Args;

use super::project::{Loaded, load, looked_at, plural};
use super::{Global, Outcome, output};
use crate::disk;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Replace a book.toml that is there
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let path = loaded.root.join("book.toml");
        if disk::exists(&path) && !self.force {
            return Err(miette::miette!(
                help = "`docwright config` shows what it says; `--force` replaces it",
                "`{}` is there already",
                path.display()
            ));
        }
        disk::write_file(&path, text(&loaded).as_bytes())?;
        output::result(&format!("{}\n", path.display()))?;
        if !global.quiet {
            output::note(&format!("Found {}.", looked_at(&loaded.project)));
            output::note("Next: `docwright check`, then `docwright build`.");
        }
        Ok(Outcome::Clean)
    }
}

fn text(loaded: &Loaded) -> String {
    let project = &loaded.project;
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let src = if project.book.src.is_empty() { "." } else { &project.book.src };
    let mut out = format!("[book]\ntitle = {}\nsrc = {}\n", quoted(&project.book.title), quoted(src));
    if !project.specs.is_empty() {
        let paths: Vec<_> = project.specs.iter().map(|it| quoted(project.sources.path(it.source))).collect();
        let _ = write!(out, "\n[api]\nspecs = [{}]\n", paths.join(", "));
    }
    if !project.routes.frameworks.is_empty() {
        let _ = write!(out, "\n[routes]\n");
        for it in &project.routes.frameworks {
            let _ = writeln!(out, "# {}: {} routes, told by {}", it.name, it.routes, it.evidence);
        }
        out.push_str(
            "# exclude = [{ route = \"GET /internal/**\", reason = \"why it needs no documentation\" }]\n",
        );
    }
    let files = project.alerts.files();
    if !files.is_empty() {
        let paths: Vec<_> = files.iter().map(|&it| quoted(project.sources.path(it))).collect();
        let _ = write!(
            out,
            "\n[alerts]\n# {} in {}\n",
            plural(project.alerts.all.len(), "alert"),
            paths.join(", ")
        );
        let maps = &project.alerts.assumed;
        let maps = maps.iter().filter(|it| !it.1.is_empty());
        let maps: Vec<_> = maps.map(|(a, b)| format!("{} = {}", quoted(a), quoted(b))).collect();
        let _ = match maps.is_empty() {
            true => writeln!(out, "# url-map = {{ \"https://runbooks.example.com/\" = \"docs/runbooks/\" }}"),
            false => writeln!(out, "url-map = {{ {} }}", maps.join(", ")),
        };
    }
    out.push_str("\n[lint]\nfail-on = \"error\"\n");
    out
}
