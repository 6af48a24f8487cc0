//! Findings as diagnostics.

use std::collections::BTreeMap;

use gen_lsp_types as lsp;

use super::view::View;
use crate::finding::{Finding, Severity};
use crate::live::Problem;

/// What every diagnostic says where it comes from.
const SOURCE: &str = "docwright";

/// The diagnostics of all files that have any, by path.
pub(super) fn all(view: View<'_>, findings: &[Finding]) -> BTreeMap<String, Vec<lsp::Diagnostic>> {
    let mut all: BTreeMap<String, Vec<lsp::Diagnostic>> = BTreeMap::new();
    // Findings stand in the order of files.
    for file in findings.chunk_by(|a, b| a.span.source == b.span.source) {
        let source = file[0].span.source;
        let diagnostics = file.iter().map(|it| of(view, it));
        all.entry(view.project().sources.path(source).to_owned()).or_default().extend(diagnostics);
    }
    all
}

/// One diagnostic.
pub(super) fn of(view: View<'_>, finding: &Finding) -> lsp::Diagnostic {
    let related = finding.related.iter().map(|(span, words)| lsp::DiagnosticRelatedInformation {
        location: view.location(*span),
        message: words.clone(),
    });
    let related =
        Some(related.collect::<Vec<_>>()).filter(|it| view.client.related_information && !it.is_empty());
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let pages = view.loaded.config.lint.rule_pages.as_deref();
    lsp::Diagnostic {
        range: view.range(finding.span),
        severity: Some(match finding.severity {
            Severity::Error => lsp::DiagnosticSeverity::Error,
            Severity::Warning => lsp::DiagnosticSeverity::Warning,
            Severity::Info => lsp::DiagnosticSeverity::Information,
        }),
        code: Some(finding.rule.to_owned().into()),
        code_description: rule_page(pages, finding.rule).map(|href| lsp::CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        tags: None,
        related_information: related,
        data: None,
    }
}

/// The page of a rule on the web, where the configuration says that there are such pages.
pub(super) fn rule_page(pages: Option<&str>, rule: &str) -> Option<lsp::Uri> {
    Some(format!("{}/{rule}.html", pages?.trim_end_matches('/')).into())
}

/// Why the project cannot be read, at the line that says so; the line reaches as far as any client shows it.
pub(super) fn of_problem(problem: &Problem) -> lsp::Diagnostic {
    let line = problem.line.unwrap_or(1).saturating_sub(1);
    let message = match &problem.help {
        Some(help) => format!("{}\nhelp: {help}", problem.message),
        None => problem.message.clone(),
    };
    lsp::Diagnostic {
        range: lsp::Range {
            start: lsp::Position { line, character: 0 },
            end: lsp::Position { line: line + 1, character: 0 },
        },
        severity: Some(lsp::DiagnosticSeverity::Error),
        code: None,
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        tags: None,
        related_information: None,
        data: None,
    }
}
