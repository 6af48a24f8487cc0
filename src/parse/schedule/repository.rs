//! Schedules that stand in the repository's files: `CronJob`s, Velero's `Schedule`, CloudNativePG's `ScheduledBackup`
//! and `Cluster`, workflows of GitHub. Told by their content.

use memchr::memmem;
use rayon::prelude::*;

use super::{cadence, cron, words};
use crate::model::schedule::{Pace, Schedule, ScheduleSource};
use crate::model::tree::View;
use crate::parse::tree;
use crate::source::{SourceId, Sources, Span};

/// How deep the values of a job are looked at for a word about backups.
const DEPTH: usize = 16;

/// Reads the schedules of all files, ordered by place.
pub(in crate::parse) fn read(sources: &Sources) -> Vec<Schedule> {
    (0..sources.len())
        .into_par_iter()
        .map(|it| SourceId(it as u32))
        .flat_map_iter(|id| {
            let source = sources.get(id);
            of_file(id, &source.path, &source.text)
        })
        .collect()
}

fn of_file(id: SourceId, path: &str, text: &str) -> Vec<Schedule> {
    let has = |it: &str| memmem::find(text.as_bytes(), it.as_bytes()).is_some();
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    let is_workflow = is_yaml && path.starts_with(".github/workflows/");
    let is_resource = is_yaml && has("apiVersion:") && (has("schedule:") || has("barmanObjectStore:"));
    let is_named = || has("velero.io/") || has("cnpg.io/") || words::is_backup(text);
    if !(is_resource || (is_workflow && has("cron:"))) || !is_named() {
        return Vec::new();
    }
    let (tree, _) = tree::parse(path, text);
    let mut found = Vec::new();
    for root in tree.documents(text) {
        if is_workflow {
            workflow(root, path, id, &mut found);
        } else {
            resource(root, id, &mut found);
        }
    }
    found
}

fn resource(root: View<'_>, id: SourceId, found: &mut Vec<Schedule>) {
    let word = |pointer: &str| root.pointer(pointer).and_then(|it| it.as_str()).unwrap_or_default();
    let (kind, version, name) = (word("/kind"), word("/apiVersion"), word("/metadata/name"));
    let what = vec![word("/metadata/namespace").into_owned(), name.clone().into_owned()];
    let is_schedule = match &*kind {
        "CronJob" => !words::is_other(&name) && (words::is_backup(&name) || runs_backup(root, DEPTH)),
        "Schedule" => version.starts_with("velero.io/"),
        "ScheduledBackup" => version.starts_with("postgresql.cnpg.io/"),
        _ => false,
    };
    let value = root.pointer("/spec/schedule").filter(|_| is_schedule);
    if let Some(value) = value
        && let Some(words) = value.as_str()
        && let Some(gap) = gap(&words)
    {
        let span = Span::new(id, value.content_span());
        found.push(Schedule {
            span,
            unit: span,
            pace: Pace::LongestGap(gap),
            what,
            source: ScheduleSource::Repository,
        });
    } else if kind == "Cluster"
        && let Some(store) = root.pointer("/spec/backup/barmanObjectStore")
    {
        let span = Span::new(id, store.content_span());
        found.push(Schedule {
            span,
            unit: span,
            pace: Pace::Continuous { is_sure: true },
            what,
            source: ScheduleSource::Repository,
        });
    }
}

/// The gap of a cron expression, or of Velero's `@every 6h`.
fn gap(words: &str) -> Option<f64> {
    match words.strip_prefix("@every ").map(cadence::whole) {
        Some(Some(Pace::LongestGap(seconds))) => Some(seconds),
        Some(_) => None,
        None => cron::longest_gap(words),
    }
}

/// Whether a command or an argument of a container is about backups.
fn runs_backup(value: View<'_>, depth: usize) -> bool {
    let below = |it: View<'_>| depth > 0 && runs_backup(it, depth - 1);
    value.entries().any(|(key, value)| match key.as_str().as_deref() {
        Some("command" | "args") => {
            let words: Vec<_> = value.items().filter_map(|it| it.as_str()).collect();
            words.iter().any(|it| words::is_backup(it)) && !words.iter().any(|it| words::is_other(it))
        }
        _ => below(value),
    }) || value.items().any(below)
}

fn workflow(root: View<'_>, path: &str, id: SourceId, found: &mut Vec<Schedule>) {
    let name = root.get("name").and_then(|it| it.as_str()).unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let named = format!("{file} {name}");
    if !words::is_backup(&named) || words::is_other(&named) {
        return;
    }
    let crons = root.pointer("/on/schedule").into_iter().flat_map(|it| it.items());
    for value in crons.filter_map(|it| it.get("cron")) {
        if let Some(gap) = value.as_str().and_then(|it| cron::longest_gap(&it)) {
            let span = Span::new(id, value.content_span());
            found.push(Schedule {
                span,
                unit: span,
                pace: Pace::LongestGap(gap),
                what: vec![name.clone().into_owned()],
                source: ScheduleSource::Repository,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(String, Pace)> {
        let found = of_file(SourceId(0), path, text);
        found.into_iter().map(|it| (text[it.span.range()].to_owned(), it.pace)).collect()
    }

    #[test]
    fn jobs_of_a_cluster() {
        let job = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: orders\nspec:\n  schedule: \"0 */6 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - command: [pg_dump, orders]\n";
        assert_eq!(found("deploy/job.yaml", job), [("0 */6 * * *".to_owned(), Pace::LongestGap(21_600.0))]);
        assert_eq!(found("deploy/job.yaml", &job.replace("pg_dump", "send-mails")), []);
        assert_eq!(found("deploy/job.yaml", &job.replace("name: orders", "name: verify-backup")), []);
        let velero = "apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: all\nspec:\n  schedule: '@every 6h'\n";
        assert_eq!(found("velero.yaml", velero), [("@every 6h".to_owned(), Pace::LongestGap(21_600.0))]);
        let cnpg = "apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata:\n  name: orders\nspec:\n  schedule: 0 0 0 * * *\n";
        assert_eq!(found("cnpg.yaml", cnpg), [("0 0 0 * * *".to_owned(), Pace::LongestGap(86_400.0))]);
    }

    #[test]
    fn workflows() {
        let workflow = "name: Backup\non:\n  schedule:\n    - cron: '0 2 * * *'\n";
        assert_eq!(
            found(".github/workflows/a.yml", workflow),
            [("0 2 * * *".to_owned(), Pace::LongestGap(86_400.0))]
        );
        assert_eq!(
            found(".github/workflows/a.yml", &workflow.replace("Backup", "Lint the backup docs, test")),
            []
        );
    }
}
