//! Finds recovery point objectives that the backups cannot meet.
//!
//! Whoever promises to lose at most 15 minutes of data and takes a backup every six hours will lose six hours. The
//! longest time between two backups is compared with the RPO. It is read from sentences, lists, tables, crontabs and
//! YAML of the same page; where that page states none, from other pages about the same subject, and then from the
//! repository: a Kubernetes `CronJob`, Velero, CloudNativePG, a GitHub workflow. The shortest gap counts, whether
//! of full, incremental or log backups. Where changes are copied as they happen (replication, archived write-ahead logs,
//! point-in-time recovery), nothing is said.
//!
//! One backup a day where less than a day may be lost is told as information: a backup also takes its time.
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

use jiff::SignedDuration;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::Fact;
use crate::model::schedule::{self, Schedule};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/schedule",
    severity: Severity::Error,
    preview: false,
    file: include_str!("schedule.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for (fact, schedule) in schedule::of_objectives(cx.project) {
        if is_missed(fact, schedule) {
            report(cx, fact, schedule);
        }
    }
}

/// Whether the backups are not often enough, or just as often as the objective says that they must not be.
fn is_missed(fact: &Fact, schedule: &Schedule) -> bool {
    let seconds = fact.seconds.unwrap_or_default();
    schedule.gap() > seconds + 0.5 || is_tight(fact, schedule)
}

/// `RPO: < 24 hours` and one backup a day.
fn is_tight(fact: &Fact, schedule: &Schedule) -> bool {
    let (raw, seconds) = (fact.raw.trim(), fact.seconds.unwrap_or_default());
    raw.contains('<') && !raw.contains("<=") && (schedule.gap() - seconds).abs() < 1.0
}

fn report(cx: &mut Context<'_>, fact: &Fact, schedule: &Schedule) {
    let raw = fact.raw.trim();
    let words = cx.project.sources.text(schedule.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_tight = is_tight(fact, schedule);
    let message = if is_tight {
        format!("RPO `{raw}` leaves no time to take the backup `{words}`")
    } else {
        format!("RPO `{raw}` is shorter than the gap of `{words}` between backups")
    };
    let finding = cx.report(fact.span, message);
    finding.help("take backups more often, copy changes as they happen, or agree on a longer RPO");
    let apart = SignedDuration::from_secs(schedule.gap() as i64);
    finding.related(schedule.span, format!("backups are up to {apart:#} apart"));
    if is_tight {
        finding.severity = Severity::Info;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_shortest_gap_of_the_subject_counts() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n| Service | RPO |\n|---|---|\n| Orders | 1 hour |\n           ^^^^^^ RPO `1 hour` is shorter than the gap of `Daily` between backups\n| Photos | 1 hour |\n\n## Backups\n\n| Data | Frequency |\n|---|---|\n| Orders | Daily |\n| Photos | Hourly |\n",
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
            "//- docs/backups.md\n# Jobs\n\nThe invoices are dumped nightly.\n//- docs/invoices.md\n# Invoices\n\n## Invoices\n\nRPO: 4 hours\n     ^^^^^^^ RPO `4 hours` is shorter than the gap of `nightly` between backups\n",
        );
        let job = "//- deploy/job.yaml\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: database-backup\nspec:\n  schedule: \"0 2 * * *\"\n";
        let plan = "//- docs/disaster-recovery.md\n# Disaster recovery plan\n\nRPO: 4 hours\n";
        check_rule(
            &RULE,
            &format!(
                "{job}{plan}     ^^^^^^^ RPO `4 hours` is shorter than the gap of `0 2 * * *` between backups\n"
            ),
        );
        check_rule(&RULE, &format!("{}{plan}", job.replace("database", "invoices")));
        check_rule(&RULE, &format!("{job}//- docs/other.md\n# Other\n\nRPO: 4 hours\n"));
    }

    #[test]
    fn another_page_knows_that_changes_are_copied() {
        let plan = "//- docs/disaster-recovery.md\n# Disaster recovery plan\n\nRPO: 5 minutes\n";
        let finding = "     ^^^^^^^^^ RPO `5 minutes` is shorter than the gap of `daily` between backups\n";
        let backups = "\nBackups run daily.\n";
        let page = |words: &str| format!("//- docs/parts.md\n# Parts\n\n{words}\n");
        check_rule(&RULE, &format!("{plan}{backups}{}", page("The database has point-in-time recovery.")));
        check_rule(&RULE, &format!("{plan}{finding}{backups}{}", page("Three replicas of the printer run.")));
    }

    #[test]
    fn one_store_says_nothing_about_another() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\n| Part | RPO |\n|---|---|\n| Redis | 5 minutes |\n\n## Backups\n\nPostgreSQL is dumped daily.\n",
        );
        check_rule(
            &RULE,
            "//- docs/a.md\n# Recovery\n\nRPO: 1 hour\n\n## Backups\n\n- Configuration: weekly\n",
        );
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
