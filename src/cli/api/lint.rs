//! `docwright api lint`: the rules about specs on specs alone.

use std::path::PathBuf;

use clap::Args;

use super::load;
use crate::cli::project::{check_rule_names, looked_at, plural};
use crate::cli::report::Outputs;
use crate::cli::{Global, Outcome, output};
use crate::finding::Severity;
use crate::lint::{self, Selection, rules};
use crate::model::{Entry, Files};
use crate::parse;
use crate::report::{Report, counts};
use crate::source::Sources;

/// The group of rules about specs.
const GROUP: &str = "api";

/// The arguments.
#[derive(Debug, Args)]
#[command(
    after_help = "Only the rules of the group `api` run; `docwright rules` lists them. The exit code is 1 if there is an error."
)]
pub(in crate::cli) struct Lint {
    /// OpenAPI documents, or folders that hold some [default: those of the project]
    #[arg(value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
    /// Run only these rules
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
}

impl Lint {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let found = load::find(global, &self.paths)?;
        let root = found.root.display();
        if found.paths.is_empty() {
            output::note(&format!("nothing to check: no OpenAPI document below {root}"));
            return Ok(Outcome::Nothing);
        }
        let mut config = found.config;
        let selection = self.selection();
        check_rule_names(&config, &selection)?;
        let sources = Sources::new(load::read(&found.root, &found.paths)?);
        let mut files = Files::default();
        sources.iter().for_each(|(_, it)| files.insert(&it.path, Entry { is_dir: false, executable: false }));
        // The paths of a configuration count from its folder.
        let up = "../".repeat(config.origins.base.split('/').filter(|it| !it.is_empty()).count());
        config.api.specs = Some(found.paths.iter().map(|it| format!("{up}{it}")).collect());
        let project = parse::project(sources, files, Vec::new(), &config);
        let outcome = lint::run(&project, &config, &selection);
        let findings = &outcome.findings;
        let prefix = crate::disk::place_in_repository(&found.root);
        let report = Report {
            suppressed: &outcome.suppressed,
            prefix: &prefix,
            ..Report::new(&project, findings, &outcome.fingerprints)
        };
        self.outputs.write_files(&report)?;
        self.outputs.print(&report)?;
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(&project)));
            if !outcome.suppressed.is_empty() {
                output::note(&format!(
                    "Accepted {} by comments.",
                    plural(outcome.suppressed.len(), "finding")
                ));
            }
            output::note(&format!("Found {}.", counts(&report)));
        }
        let failed = findings.iter().any(|it| it.severity == Severity::Error);
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }

    /// The rules of the group that are on, narrowed by what was asked for.
    fn selection(&self) -> Selection {
        let mut ignore = self.ignore.clone();
        for rule in rules::ALL {
            let group = rule.id.split('/').next().unwrap_or(rule.id);
            if group != GROUP && !ignore.iter().any(|it| it == group) {
                ignore.push(group.to_owned());
            }
        }
        Selection { select: self.select.clone(), ignore, ..Selection::default() }
    }
}
