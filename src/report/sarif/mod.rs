//! SARIF 2.1.0, the exchange format of static analysis, within the limits of GitHub's code scanning: it refuses a
//! run with more than 25,000 results, and shows the 5,000 most severe.

mod object;
mod rule;

use std::collections::{BTreeMap, HashMap};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use self::object::{
    ArtifactChange, ArtifactLocation, Base, Content, Driver, FixObject, Invocation, Location, Log, Message,
    Notification, PhysicalLocation, Region, Replacement, ResultObject, Run, Suppression, Tool,
};
use super::line_hash::line_hashes;
use super::{Report, paragraphs};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::lint::{Rule, rules};
use crate::source::{SourceId, Span};

/// How many results GitHub takes of a run.
const RESULTS: usize = 25_000;
/// How many locations GitHub shows of a result.
const LOCATIONS: usize = 100;
/// What relative URIs are relative to.
const BASE: &str = "%SRCROOT%";
/// What stays as it is in the path of a URI, beside letters and digits.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn render(report: &Report<'_>) -> String {
    serde_json::to_string_pretty(&log(report, RESULTS)).expect("plain data is JSON") + "\n"
}

/// The report with at most `limit` results: the most severe ones.
fn log(report: &Report<'_>, limit: usize) -> Log {
    let mut shown = report.most_severe_first();
    let cut = shown.len().saturating_sub(limit);
    shown.truncate(limit);
    shown.sort_unstable();
    let suppressed = report.suppressed.iter().take(limit - shown.len());
    let found = shown.iter().map(|&at| (&report.findings[at], report.fingerprints.get(at), None));
    let held = suppressed.map(|it| {
        (&it.finding, None, Some(Suppression { kind: "inSource", justification: it.reason.clone() }))
    });
    let all: Vec<_> = found.chain(held).collect();
    let mut ids: Vec<&str> = all.iter().map(|(finding, ..)| finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    let rules: Vec<&Rule> = ids.into_iter().filter_map(rules::find).collect();
    let mut lines = Lines::default();
    let results = all
        .into_iter()
        .map(|(finding, fingerprint, suppression)| {
            let mut partial_fingerprints = BTreeMap::new();
            partial_fingerprints.extend(fingerprint.map(|it| ("docwright/v1", it.clone())));
            partial_fingerprints
                .extend(lines.hash(report, finding.span).map(|it| ("primaryLocationLineHash", it)));
            ResultObject {
                rule_id: finding.rule,
                rule_index: rules.iter().position(|it| it.id == finding.rule),
                level: level(finding.severity),
                message: message(&paragraphs(finding)),
                locations: [location(report, finding.span)],
                related_locations: related(report, finding),
                partial_fingerprints,
                suppressions: suppression.into_iter().collect(),
                fixes: report.fix(finding).map(|it| fix(report, it)).into_iter().collect(),
            }
        })
        .collect();
    let notifications = (cut > 0).then(|| Notification {
        level: "warning",
        message: message(&format!("{cut} results left out: a run may hold {limit}")),
    });
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "docwright",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: rules.into_iter().map(|it| rule::descriptor(report, it)).collect(),
            },
        },
        invocations: notifications
            .map(|it| Invocation { execution_successful: true, tool_execution_notifications: vec![it] })
            .into_iter()
            .collect(),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(
            BASE,
            Base { description: message("the top of the repository") },
        )]),
        results,
    };
    Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
}

/// The hashes of the lines of the files that have findings.
#[derive(Debug, Default)]
struct Lines {
    by_source: HashMap<SourceId, Vec<String>>,
}

impl Lines {
    /// The hash of the line in which a span begins; none where a secret is masked, because it would differ from
    /// that of the file.
    fn hash(&mut self, report: &Report<'_>, span: Span) -> Option<String> {
        let source = report.project.sources.get(span.source);
        if source.has_mask() {
            return None;
        }
        let hashes = self.by_source.entry(span.source).or_insert_with(|| line_hashes(&source.text));
        hashes.get(source.position(span.start).line as usize - 1).cloned()
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A message is plain text but for `[words](target)`, which would be a link.
fn message(text: &str) -> Message {
    let text =
        if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() };
    Message { text }
}

fn artifact(report: &Report<'_>, source: SourceId) -> ArtifactLocation {
    let path = report.path(source);
    ArtifactLocation { uri: utf8_percent_encode(&path, PATH).to_string(), uri_base_id: BASE }
}

fn region(report: &Report<'_>, span: Span) -> Region {
    let (start, end) = report.positions(span);
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn location(report: &Report<'_>, span: Span) -> Location {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(report, span.source),
            region: region(report, span),
        },
        message: None,
    }
}

fn related(report: &Report<'_>, finding: &Finding) -> Vec<Location> {
    let places = finding.related.iter().take(LOCATIONS).enumerate();
    places
        .map(|(index, (span, words))| Location {
            id: Some(index + 1),
            message: Some(message(words)),
            ..location(report, *span)
        })
        .collect()
}

fn fix(report: &Report<'_>, fix: &Fix) -> FixObject {
    let mut changes: BTreeMap<SourceId, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        changes.entry(edit.span.source).or_default().push(Replacement {
            deleted_region: region(report, edit.span),
            inserted_content: Content { text: edit.text.clone() },
        });
    }
    let description = match fix.safety {
        Safety::Safe => "keeps the meaning of the document",
        Safety::Unsafe => "a guess: read it before you apply it",
    };
    FixObject {
        description: message(description),
        artifact_changes: changes
            .into_iter()
            .map(|(source, replacements)| ArtifactChange {
                artifact_location: artifact(report, source),
                replacements,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::project_of;

    #[test]
    fn of_too_many_results_the_worst_stay_and_the_rest_is_counted() {
        let project = project_of(&[("a.md", "# A\n")]);
        let source = project.sources.id("a.md").expect("the file");
        let levels = [Severity::Info, Severity::Error, Severity::Warning, Severity::Error];
        let findings = levels.map(|severity| Finding {
            rule: "text/bidi",
            severity,
            message: "x".to_owned(),
            span: Span::new(source, 0..3),
            related: Vec::new(),
            help: None,
            fix: None,
        });
        let log = log(&Report::new(&project, &findings, &[]), 3);
        let [run] = &log.runs;
        let levels: Vec<&str> = run.results.iter().map(|it| it.level).collect();
        assert_eq!(levels, ["error", "warning", "error"]);
        let said = &run.invocations[0].tool_execution_notifications[0].message.text;
        assert_eq!(said, "1 results left out: a run may hold 3");
    }

    #[test]
    fn every_rule_fits_what_github_takes() {
        let project = project_of(&[]);
        for rule in rules::ALL {
            let descriptor = rule::descriptor(&Report::new(&project, &[], &[]), rule);
            assert!(!descriptor.short_description.text.is_empty(), "{}", rule.id);
            assert!(descriptor.full_description.text.chars().count() <= 1024, "{}", rule.id);
            assert!(
                !descriptor.help.text.contains("\n\n\n") && !descriptor.help.text.contains("```"),
                "{}",
                rule.id
            );
            assert!(descriptor.properties.tags.len() <= 10);
        }
    }
}
