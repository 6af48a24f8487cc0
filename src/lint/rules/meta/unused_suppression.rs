//! Finds directives that silence nothing any more.
//!
//! The defect was mended, or the text moved away from its directive. What stays behind would hide the next defect in
//! that place. A directive is only judged when its rules ran: not under `--select` of others, and not when the
//! configuration has them off.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! <!-- docwright-disable-next-line placeholder/marker -- quoted from the ticket -->
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! <!-- docwright-disable-next-line placeholder/marker -- quoted from the ticket -->
//! TODO: answer the caretaker.
//! ```

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::suppression::Suppression;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "meta/unused-suppression",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unused_suppression.rs"),
    check: Check::Unused(check),
};

fn check(cx: &mut Context<'_>, unused: &Suppression) {
    let fix = removal(cx, unused);
    let finding = cx.report(unused.rule_span, format!("nothing here needs `{}` to be silenced", unused.rule));
    finding.help("delete the directive").fix = fix;
}

/// The edit that takes away a comment that names one rule, with its line where it stands alone. A `disable` is
/// left to people: its `enable` goes with it.
fn removal(cx: &Context<'_>, unused: &Suppression) -> Option<Fix> {
    let said = cx.project.suppressions.of(unused.source);
    let alone = said.iter().filter(|it| it.directive == unused.directive).count() == 1;
    let source = cx.project.sources.get(unused.source);
    let words = source.text.get(unused.directive.range())?;
    let comment = words.starts_with(['<', '#', '/']);
    let ranged = words.contains("docwright-disable ");
    if !alone || !comment || ranged {
        return None;
    }
    let range = unused.directive.range();
    let line = source.text[..range.start].rfind('\n').map_or(0, |it| it + 1);
    let end = source.text[range.end..].find('\n').map_or(source.text.len(), |it| range.end + it + 1);
    let before = source.text[line..range.start].trim_end();
    let range = match before.is_empty() && source.text[range.end..end].trim().is_empty() {
        true => line..end,
        false => line + before.len()..range.end,
    };
    let edit = Edit { span: Span::new(unused.source, range), text: String::new() };
    Some(Fix { safety: Safety::Safe, edits: vec![edit] })
}
