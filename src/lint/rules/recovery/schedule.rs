//! Finds recovery point objectives that the backups cannot meet.
//!
//! Whoever promises to lose at most 15 minutes of data and takes a backup every six hours will lose six hours. The
//! longest time between two backups is compared with the RPO. It is read from sentences, lists, tables, crontabs and
//! YAML of the same page; where that page states none, from other pages about the same subject, and then from the
//! repository: a Kubernetes `CronJob`, Velero, CloudNativePG, a GitHub workflow. The shortest gap counts, whether
//! of full, incremental or log backups. Where changes are copied as they happen (replication, archived write-ahead logs,
//! point-in-time recovery), nothing is said.
//!
//! `RPO: < 24 hours` with one backup a day is told as information: a backup also takes its time.
//!
//! ## Flagged
//!
//! ```md docs/orders.md
//! # Orders: recovery
//!
//! - RTO: 4 hours
//! - RPO: 15 minutes
//!
//! ## Backups
//!
//! The database is dumped every 6 hours.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/orders.md
//! # Orders: recovery
//!
//! - RTO: 4 hours
//! - RPO: 15 minutes
//!
//! ## Backups
//!
//! | What                | Frequency        |
//! |---------------------|------------------|
//! | Full dump           | Daily at 02:00   |
//! | Incremental backup  | Every 10 minutes |
//! ```
//!
//! ```md docs/catalogue.md
//! # Catalogue: recovery
//!
//! - RPO: 5 minutes
//!
//! The database is dumped every night and replicated to the other site.
//! ```

use std::collections::HashMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::{Fact, Objective};
use crate::model::page::Page;
use crate::model::schedule::{Pace, Schedule, ScheduleSource};
use crate::model::scope::Scope;
use crate::source::SourceId;

pub(crate) static RULE: Rule = Rule {
    id: "recovery/schedule",
    severity: Severity::Error,
    preview: false,
    file: include_str!("schedule.rs"),
    check: Check::Project(check),
};

/// A fact or schedule with what it is about.
type Scoped<'a, T> = (&'a T, Scope);

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let system = project.book.title.as_str();
    let pages: HashMap<SourceId, &Page> = project.pages.iter().map(|it| (it.source, it)).collect();
    let objectives: Vec<Scoped<'_, Fact>> = project
        .facts
        .iter()
        .filter(|it| it.kind == Objective::Rpo && !it.role.is_actual())
        .map(|it| (it, it.scope(system)))
        .collect();
    let schedules: Vec<Scoped<'_, Schedule>> =
        project.schedules.iter().map(|it| (it, Scope::of(&it.what, system))).collect();
    for (fact, scope) in &objectives {
        // An objective of zero is one of something without state, or the work of replicas.
        let Some(seconds) = fact.seconds.filter(|it| *it > 0.0) else { continue };
        let Some(page) = pages.get(&fact.span.source).filter(|it| is_in_force(it)) else { continue };
        let here: Vec<&Scoped<'_, Schedule>> =
            schedules.iter().filter(|it| it.0.span.source == page.source).collect();
        let candidates = match here.is_empty() {
            false => of_subject(cx, fact, scope, &objectives, here),
            true => elsewhere(page, scope, &schedules),
        };
        if candidates.iter().any(|it| it.pace == Pace::Continuous) {
            continue;
        }
        let gap = |it: &Schedule| match it.pace {
            Pace::Continuous => 0.0,
            Pace::LongestGap(seconds) => seconds,
        };
        let Some(best) = candidates.into_iter().min_by(|a, b| gap(a).total_cmp(&gap(b))) else { continue };
        let raw = fact.raw.trim();
        let is_tight = raw.contains('<') && !raw.contains("<=") && (gap(best) - seconds).abs() < 1.0;
        if gap(best) <= seconds + 0.5 && !is_tight {
            continue;
        }
        let words = project.sources.text(best.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let message = if is_tight {
            format!("RPO `{raw}` leaves no time to take the backup `{words}`")
        } else {
            format!("RPO `{raw}` is shorter than the gap of `{words}` between backups")
        };
        let finding = cx.report(fact.span, message);
        finding.help("take backups more often, copy changes as they happen, or agree on a longer RPO");
        finding.related(best.span, "this is how often");
        if is_tight {
            finding.severity = Severity::Info;
        }
    }
}

/// Whether a page says what holds today.
fn is_in_force(page: &Page) -> bool {
    !matches!(page.document_type.as_deref(), Some("postmortem" | "adr"))
}

/// The schedules of a page that may be about the objective: those of its own line, else all but those that name what
/// another objective of the page is about. A copy of every change anywhere on the page counts.
fn of_subject<'a>(
    cx: &Context<'_>,
    fact: &Fact,
    scope: &Scope,
    objectives: &[Scoped<'_, Fact>],
    here: Vec<&Scoped<'a, Schedule>>,
) -> Vec<&'a Schedule> {
    let source = cx.project.sources.get(fact.span.source);
    let line = |at: u32| source.position(at).line;
    let beside: Vec<&Schedule> =
        here.iter().filter(|it| line(it.0.span.start) == line(fact.span.start)).map(|it| it.0).collect();
    if !beside.is_empty() {
        return beside;
    }
    let is_of_another = |it: &Scope| {
        !it.touches(scope)
            && objectives.iter().any(|(other, of)| other.span.source == fact.span.source && of.touches(it))
    };
    here.into_iter()
        .filter(|(it, of)| it.pace == Pace::Continuous || !is_of_another(of))
        .map(|(it, _)| *it)
        .collect()
}

/// The schedules of other pages about the same subject, else those of the repository. An objective of the whole
/// system looks at all of them when its page is a plan or a policy.
fn elsewhere<'a>(page: &Page, scope: &Scope, schedules: &[Scoped<'a, Schedule>]) -> Vec<&'a Schedule> {
    let is_plan = matches!(page.document_type.as_deref(), Some("dr-plan" | "backup-policy"));
    let of = |wanted: ScheduleSource| -> Vec<&'a Schedule> {
        let of = schedules.iter().filter(|(it, _)| it.source == wanted);
        let same = of.filter(|(_, it)| if scope.is_empty() { is_plan } else { it.touches(scope) });
        same.map(|it| it.0).collect()
    };
    let pages = of(ScheduleSource::Page);
    if pages.is_empty() { of(ScheduleSource::Repository) } else { pages }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_shortest_gap_of_the_subject_counts() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n| Service | RPO |\n|---|---|\n| Orders | 1 hour |\n           ^^^^^^ RPO `1 hour` is shorter than the gap of `Daily` between backups\n| Ledger | 1 hour |\n\n## Backups\n\n| Data | Frequency |\n|---|---|\n| Orders | Daily |\n| Ledger | Hourly |\n",
        );
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n| Tier | RPO | Backup frequency |\n|---|---|---|\n| Tier 1 | 5 minutes | Continuous |\n| Tier 2 | 1 hour | Daily |\n           ^^^^^^ RPO `1 hour` is shorter than the gap of `Daily` between backups\n| Tier 3 | 1 day | Daily |\n",
        );
    }

    #[test]
    fn other_pages_and_files() {
        check_rule(
            &RULE,
            "//- docs/backups.md\n# Jobs\n\nThe ledger is dumped nightly.\n//- docs/ledger.md\n# Ledger\n\n## Ledger\n\nRPO: 4 hours\n     ^^^^^^^ RPO `4 hours` is shorter than the gap of `nightly` between backups\n",
        );
        let job = "//- deploy/job.yaml\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ledger-backup\nspec:\n  schedule: \"0 2 * * *\"\n";
        check_rule(
            &RULE,
            &format!(
                "{job}//- docs/disaster-recovery.md\n# Disaster recovery plan\n\nRPO: 4 hours\n     ^^^^^^^ RPO `4 hours` is shorter than the gap of `0 2 * * *` between backups\n"
            ),
        );
        check_rule(&RULE, &format!("{job}//- docs/other.md\n# Other\n\nRPO: 4 hours\n"));
    }

    #[test]
    fn one_backup_a_day_for_less_than_a_day() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\nRPO: < 24 hours\n     ^^^^^^^^^^ RPO `< 24 hours` leaves no time to take the backup `daily`\n\nBackups run daily.\n",
        );
        check_rule(&RULE, "//- docs/a.md\n# Recovery\n\nRPO: 24 hours\n\nBackups run daily.\n");
    }
}
