//! `docwright check`: lint and report.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::project::{check_rule_names, load, looked_at, plural, start, today, wanted};
use super::report::Outputs;
use super::{Global, Outcome, baseline, fix, output, progress, since};
#[cfg(feature = "serve")]
use super::{project::now, serve};
use crate::disk;
use crate::finding::{Finding, Severity};
use crate::lint::{self, Selection};
#[cfg(feature = "serve")]
use crate::live::Loaded;
use crate::model::Project;
use crate::report::{self, Report};
#[cfg(feature = "serve")]
use crate::serve::{News, watch};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Report only findings in these files and folders; the whole project is loaded all the same
    paths: Vec<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
    /// The lowest level that makes the exit code 1 [default: `lint.fail-on`, else error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Run only these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// Do not run these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
    /// Report what changed since this commit, tag or branch, and what the change broke elsewhere; runs `git`
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    #[command(flatten)]
    baseline: baseline::Arguments,
    /// The day that counts as today, for rules about dates [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Apply the fixes that keep the meaning of the documents
    #[arg(long)]
    fix: bool,
    /// Apply the other fixes too
    #[arg(long)]
    unsafe_fixes: bool,
    /// Print what `--fix` would change instead of changing it; exit with 1 if it would
    #[arg(long, conflicts_with = "output_file")]
    diff: bool,
    /// Print how many findings each rule has instead of the findings
    #[arg(long)]
    statistics: bool,
    /// Check again after each change until Ctrl-C, and print the findings that appeared (+) and went (-)
    #[cfg(feature = "serve")]
    #[arg(long, conflicts_with_all = ["fix", "diff", "unsafe_fixes", "since", "statistics", "write_baseline", "accept_new", "output_file"])]
    watch: bool,
}

/// A severity as the command line writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Error,
    Warning,
    Info,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Severity {
        match level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
        }
    }
}

impl Check {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        #[cfg(feature = "serve")]
        if self.watch {
            return self.keep_checking(global);
        }
        let mut loaded = load(global, start(&self.paths).as_deref())?;
        let as_of = Some(self.as_of.unwrap_or_else(today));
        let (select, ignore) = (self.select.clone(), self.ignore.clone());
        let mut selection = Selection { select, ignore, as_of, baseline: None };
        check_rule_names(&loaded.config, &selection)?;
        if loaded.project.files_checked() == 0 {
            let root = loaded.root.display();
            output::note(&format!("nothing to check: no Markdown, OpenAPI document or route below {root}"));
            return Ok(Outcome::Nothing);
        }
        selection.baseline = self.baseline.to_judge_by(&loaded)?;
        let paths = wanted(&self.paths, &loaded.root)?;
        let wanted = |project: &Project, it: &Finding| {
            let path = Path::new(project.sources.path(it.span.source));
            paths.is_empty() || paths.iter().any(|folder| path.starts_with(folder))
        };
        progress::phase(&format!("Checking {}", plural(loaded.project.pages.len(), "page")));
        let mut found = if self.fix || self.diff {
            let outcome = fix::run(&mut loaded, &selection, self.unsafe_fixes, &wanted);
            if self.diff {
                output::result(&fix::diff(&outcome))?;
                return Ok(if outcome.changes.is_empty() { Outcome::Clean } else { Outcome::Findings });
            }
            fix::write(&loaded, &outcome)?;
            if outcome.fixed > 0 && !global.quiet {
                let files = plural(outcome.changes.len(), "file");
                output::note(&format!("Fixed {} in {files}.", plural(outcome.fixed, "finding")));
            }
            outcome.left
        } else {
            lint::run(&loaded.project, &loaded.config, &selection)
        };
        let (project, config) = (&loaded.project, &loaded.config);
        self.baseline.write(&loaded, &selection, &mut found, &|it| wanted(project, it), global.quiet)?;
        if self.since.is_some() {
            progress::phase("Comparing with what was there before");
        }
        let change = match &self.since {
            Some(revision) => Some(since::narrow(&loaded, revision, &selection, &mut found)?),
            None => None,
        };
        found.retain(|it, _| wanted(project, it));
        found.suppressed.retain(|it| wanted(project, &it.finding));
        let findings = &found.findings;
        let fail_on = self.fail_on.map(Severity::from).or(config.lint.fail_on).unwrap_or(Severity::Error);
        let changed: Vec<bool> =
            change.iter().flat_map(|(_, it)| findings.iter().map(|finding| it.touches(finding))).collect();
        let prefix = disk::place_in_repository(&loaded.root);
        let report = Report {
            suppressed: &found.suppressed,
            baselined: found.baselined,
            changed: &changed,
            prefix: &prefix,
            fail_on,
            rule_pages: config.lint.rule_pages.as_deref(),
            ..Report::new(project, findings, &found.fingerprints)
        };
        self.outputs.write_files(&report)?;
        if self.statistics {
            output::result(&statistics(findings))?;
        } else {
            self.outputs.print(&report)?;
        }
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(project)));
            self.say_left_out(&found, change.map(|(files, _)| files));
            let explain = match findings.first() {
                Some(finding) => format!(" `docwright explain {}` says why and how.", finding.rule),
                None => String::new(),
            };
            output::note(&format!("Found {}.{explain}", report::counts(&report)));
        }
        let failed = findings.iter().any(|it| it.severity >= fail_on) || self.baseline.fails(&found);
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }

    /// `--watch`. The exit code is that of the last check.
    #[cfg(feature = "serve")]
    fn keep_checking(&self, global: &Global) -> miette::Result<Outcome> {
        let (select, ignore) = (self.select.clone(), self.ignore.clone());
        let as_of = Some(self.as_of.unwrap_or_else(today));
        let selection = Selection { select, ignore, as_of, baseline: None };
        let baseline = Some(&self.baseline);
        let files = serve::Files { global, paths: &self.paths, selection, baseline, site: false };
        let fails = |loaded: &Loaded, found: &lint::Outcome| {
            let fail_on = self.fail_on.map(Severity::from).or(loaded.config.lint.fail_on);
            let fail_on = fail_on.unwrap_or(Severity::Error);
            found.findings.iter().any(|it| it.severity >= fail_on) || self.baseline.fails(found)
        };
        let wanted = |loaded: &Loaded| wanted(&self.paths, &loaded.root);
        let mut say = |news: News<'_>| match news {
            News::Findings(delta) => {
                let time = now().strftime("%H:%M:%S UTC");
                output::note(&format!("── {time} {}", "─".repeat(40)));
                serve::print(delta, true, global.quiet);
            }
            other => serve::trouble(&other),
        };
        let failed = watch(files, wanted, fails, &mut say)?;
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }

    /// Says what stands in the documents and is not reported: nothing is left out silently.
    fn say_left_out(&self, found: &lint::Outcome, changed: Option<usize>) {
        if let (Some(revision), Some(changed)) = (&self.since, changed) {
            output::note(&format!(
                "Reported what changed since `{revision}`, in {}.",
                plural(changed, "file")
            ));
        }
        let mut left_out = Vec::new();
        if found.baselined > 0 {
            left_out.push(format!("{} by the baseline", found.baselined));
        }
        if !found.suppressed.is_empty() {
            left_out.push(format!("{} by comments and front matter", found.suppressed.len()));
        }
        if !left_out.is_empty() {
            output::note(&format!("Accepted {}.", left_out.join(" and ")));
        }
        if found.stale > 0 {
            let entries =
                if found.stale == 1 { "1 entry".to_owned() } else { format!("{} entries", found.stale) };
            output::note(&format!(
                "The baseline has {entries} that nothing needs any more: `docwright check --write-baseline` takes them out."
            ));
        }
    }
}

/// One line a rule, the most frequent first.
fn statistics(findings: &[Finding]) -> String {
    let mut counts: Vec<(usize, &str, Severity)> = Vec::new();
    for finding in findings {
        match counts.iter_mut().find(|it| it.1 == finding.rule) {
            Some(it) => it.0 += 1,
            None => counts.push((1, finding.rule, finding.severity)),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    counts
        .iter()
        .map(|(count, rule, severity)| format!("{count:>6}  {:<7}  {rule}\n", severity.as_str()))
        .collect()
}
