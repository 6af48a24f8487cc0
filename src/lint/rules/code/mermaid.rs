//! Finds Mermaid diagrams that cannot be drawn.
//!
//! Where the diagram should stand the reader sees an error, and nobody notices before the night on which it is
//! needed. Only what Mermaid surely refuses is told as a warning: an unknown kind of diagram or direction, labels of
//! flowcharts that are not closed or hold brackets without quotes, and blocks without their `end` or `}`.
//!
//! docwright's own site draws flowcharts, sequence, state, class and entity diagrams. Of another kind, a very large
//! one, and one whose drawing would lose words, it shows the text; that is told as a hint.
//!
//! ## Flagged
//!
//! ````md docs/failover.md
//! # Failover
//!
//! ```mermaid
//! flowchart LR
//!   app[Orders (primary)] --> db
//! ```
//! ````
//!
//! ## Accepted
//!
//! ````md docs/failover.md
//! # Failover
//!
//! ```mermaid
//! flowchart LR
//!   app["Orders (primary)"] -->|writes| db[(Ledger)]
//! ```
//! ````

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::code::CodeProblemKind;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "code/mermaid",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("mermaid.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for problem in &page.code_problems {
        match &problem.kind {
            CodeProblemKind::Diagram { message, help } => {
                let finding = cx.report(problem.span, format!("the diagram cannot be drawn: {message}"));
                finding.help.clone_from(help);
            }
            CodeProblemKind::NotDrawn { reason } => {
                let message = format!("the site shows this diagram as its text: {reason}");
                cx.report(problem.span, message).severity = Severity::Info;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_very_character_is_underlined() {
        check_rule(
            &RULE,
            "//- a.md\n- ```mermaid\n  flowchart LR\n    A[é (x)] --> B\n        ^ the diagram cannot be drawn: `(` in a label without quotes\n  ```\n\n```text\nflowchart XX\n```\n",
        );
    }
}
