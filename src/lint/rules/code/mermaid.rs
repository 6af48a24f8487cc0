//! Finds Mermaid diagrams that cannot be drawn.
//!
//! Where the diagram should stand the reader sees an error, and nobody notices before the night on which it is
//! needed. Only what the renderer surely refuses is told: an unknown kind of diagram or direction, labels of
//! flowcharts that are not closed or hold brackets without quotes, and blocks without their `end` or `}`.
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
        let CodeProblemKind::Diagram { message, help } = &problem.kind else { continue };
        let finding = cx.report(problem.span, format!("the diagram cannot be drawn: {message}"));
        finding.help.clone_from(help);
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
