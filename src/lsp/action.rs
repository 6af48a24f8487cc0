//! What can be done about findings: apply their fixes, silence them with a reason, have the rule explained.

use std::collections::BTreeSet;

use gen_lsp_types as lsp;
use serde_json::json;

use super::diagnostic;
use super::silence::{self, Comment};
use super::view::View;
use crate::finding::{Edit, Finding, Fix, Safety};
use crate::source::SourceId;

/// The command that explains a rule; its argument is the rule's name.
pub(super) const EXPLAIN: &str = "docwright.explain";

/// The action that applies all safe fixes of a file, for clients that do so when a file is saved.
pub(super) const FIX_ALL: &str = "source.fixAll.docwright";

/// The longest replacement that the title of an action shows, in characters.
const SHOWN: usize = 40;

/// What can be done about the findings of a range. `only` are the kinds that are wanted, all quick fixes without.
pub(super) fn actions(
    view: View<'_>,
    source: SourceId,
    range: lsp::Range,
    only: Option<&[lsp::CodeActionKind]>,
    findings: &[Finding],
) -> Vec<lsp::CodeActionResponse> {
    let wants = |kind: &str| {
        let under = |it: &lsp::CodeActionKind| {
            it.as_str().is_empty()
                || kind.strip_prefix(it.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_some_and(|it| it.iter().any(under))
    };
    let here: Vec<&Finding> = findings.iter().filter(|it| it.span.source == source).collect();
    let mut all = Vec::new();
    if only.is_none() || wants("quickfix") {
        let lines = view.lines(source);
        let (from, to) = (lines.offset(range.start) as u32, lines.offset(range.end) as u32);
        let touched = here.iter().filter(|it| it.span.start <= to && from <= it.span.end);
        let mut named = BTreeSet::new();
        for finding in touched {
            if view.client.code_actions {
                all.extend(fix(view, finding).map(lsp::CodeActionResponse::from));
                all.extend(silences(view, finding).map(lsp::CodeActionResponse::from));
            }
            if named.insert(finding.rule) {
                all.push(explain(finding.rule).into());
            }
        }
    }
    if wants(FIX_ALL) && view.client.code_actions {
        all.extend(fix_all(view, &here).map(lsp::CodeActionResponse::from));
    }
    all
}

fn explain(rule: &str) -> lsp::Command {
    lsp::Command {
        title: format!("Explain {rule}"),
        tooltip: None,
        command: EXPLAIN.to_owned(),
        arguments: Some(vec![json!(rule)]),
    }
}

/// The fix of a finding, unless it would write the mask of a secret.
fn fix_of<'a>(view: View<'_>, finding: &'a Finding) -> Option<&'a Fix> {
    let masked = |it: &Edit| view.project().sources.get(it.span.source).is_masked(it.span.range());
    finding.fix.as_ref().filter(|it| !it.edits.is_empty() && !it.edits.iter().any(masked))
}

fn fix(view: View<'_>, finding: &Finding) -> Option<lsp::CodeAction> {
    let fix = fix_of(view, finding)?;
    let mut title = title(view, fix);
    if fix.safety == Safety::Unsafe {
        title += " (may change the meaning)";
    }
    Some(lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic::of(view, finding)]),
        is_preferred: Some(fix.safety == Safety::Safe),
        edit: Some(view.edit(&fix.edits)),
        ..Default::default()
    })
}

fn title(view: View<'_>, fix: &Fix) -> String {
    let short = |it: &str| {
        let shown = !it.contains('\n') && it.chars().count() <= SHOWN && !it.trim().is_empty();
        shown.then(|| format!("`{}`", it.trim()))
    };
    match fix.edits.as_slice() {
        [edit] => {
            let old = short(view.project().sources.text(edit.span));
            match (old, short(&edit.text)) {
                (Some(old), Some(new)) => format!("Replace {old} with {new}"),
                (Some(old), None) if edit.text.is_empty() => format!("Remove {old}"),
                (None, Some(new)) if edit.span.start == edit.span.end => format!("Insert {new}"),
                _ => "Fix this".to_owned(),
            }
        }
        edits => format!("Fix this in {} places", edits.len()),
    }
}

fn silences(view: View<'_>, finding: &Finding) -> impl Iterator<Item = lsp::CodeAction> {
    let (source, rule) = (finding.span.source, finding.rule);
    let (page, path, text) = (view.page(source), view.project().sources.path(source), view.text(source));
    let here = silence::here(finding, page, path, text);
    let file = silence::in_whole_file(finding, page, path, text);
    let same = here.as_ref().zip(file.as_ref()).is_some_and(|(a, b)| a.halves == b.halves);
    let here = here.filter(|_| !same).map(|it| (format!("Silence {rule} here, with a reason"), it));
    let file = file.map(|it| (format!("Silence {rule} in this file, with a reason"), it));
    let diagnostic = diagnostic::of(view, finding);
    here.into_iter().chain(file).map(move |(title, comment)| lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(put_in(view, &comment)),
        ..Default::default()
    })
}

/// The edit that puts a comment in. A client that can has the reason filled in at once; `meta/suppression-without-reason`
/// asks the others for it.
fn put_in(view: View<'_>, comment: &Comment) -> lsp::WorkspaceEdit {
    if !(view.client.snippet_edits && view.client.versioned_edits) {
        return view.edit(&[comment.edit()]);
    }
    let escape = |it: &str| it.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let [before, behind] = &comment.halves;
    let snippet = lsp::SnippetTextEdit {
        range: view.range(comment.at),
        snippet: lsp::StringValue { value: format!("{}${{1:reason}}{}", escape(before), escape(behind)) },
        annotation_id: None,
    };
    let changes = view.changes(comment.at.source, vec![snippet.into()]);
    lsp::WorkspaceEdit { document_changes: Some(vec![changes]), ..Default::default() }
}

/// All safe fixes of a file's findings that do not touch each other; those that reach into other files are left out.
fn fix_all(view: View<'_>, findings: &[&Finding]) -> Option<lsp::CodeAction> {
    let fixes = findings.iter().filter_map(|it| fix_of(view, it).filter(|fix| fix.safety == Safety::Safe));
    let mut edits: Vec<Edit> = Vec::new();
    for fix in fixes {
        let own =
            fix.edits.iter().all(|it| Some(it.span.source) == findings.first().map(|it| it.span.source));
        let free = |new: &Edit| {
            let at = edits.partition_point(|it| it.span.start < new.span.start);
            let before = at.checked_sub(1).and_then(|it| edits.get(it));
            before.is_none_or(|it| it.span.end < new.span.start)
                && edits.get(at).is_none_or(|it| new.span.end < it.span.start)
        };
        if own && fix.edits.iter().all(free) {
            edits.extend(fix.edits.iter().cloned());
            edits.sort_by_key(|it| it.span);
        }
    }
    (!edits.is_empty()).then(|| lsp::CodeAction {
        title: "Apply all safe fixes of docwright".to_owned(),
        kind: Some(FIX_ALL.into()),
        edit: Some(view.edit(&edits)),
        ..Default::default()
    })
}
