//! A rule as SARIF describes it, made of its own documentation.

use super::level;
use super::object::{Configuration, Descriptor, Help, Message, Properties};
use crate::finding::Severity;
use crate::lint::Rule;
use crate::report::Report;

/// How many characters of a description GitHub takes.
const LONGEST: usize = 1024;

pub(super) fn descriptor(report: &Report<'_>, rule: &Rule) -> Descriptor {
    let documentation = rule.documentation();
    let introduction = introduction(&documentation);
    let group = rule.id.split('/').next().unwrap_or(rule.id);
    let mut tags = vec!["documentation", group];
    if group == "secret" {
        tags.push("security");
    }
    Descriptor {
        id: rule.id,
        name: pascal_case(rule.id),
        short_description: Message { text: shortened(&rule.summary()) },
        full_description: Message { text: shortened(&introduction) },
        help: Help { text: introduction, markdown: documentation },
        help_uri: report.rule_page(rule.id),
        default_configuration: Configuration { enabled: !rule.preview, level: level(rule.severity) },
        properties: Properties {
            tags,
            precision: if rule.preview { "medium" } else { "high" },
            problem_severity: match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    }
}

/// The paragraphs before the examples, each in one line.
fn introduction(documentation: &str) -> String {
    let text = documentation.split("\n## ").next().unwrap_or_default();
    let paragraphs = text.split("\n\n").map(|it| it.lines().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|it| !it.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// `link/missing-file` → `LinkMissingFile`.
fn pascal_case(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for word in id.split(['/', '-']) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}
