//! Finds code fences that were forgotten.
//!
//! A fence that is never closed turns the rest of the page into code: headings, links and steps are gone. A fence
//! that opens inside a block means the same one block earlier, or an example of Markdown whose own fence is too
//! short: the first inner fence ends it.
//!
//! ## Flagged
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```bash
//! ./restore.sh --latest
//!
//! ## Check the result
//!
//! Count the rows.
//! ````
//!
//! ## Accepted
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```bash
//! ./restore.sh --latest
//! ```
//!
//! ## Check the result
//!
//! Count the rows.
//! ````

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::code::CodeProblemKind;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "code/unclosed-fence",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unclosed_fence.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for problem in &page.code_problems {
        match problem.kind {
            CodeProblemKind::Unclosed { forgotten } => {
                let fence = cx.project.sources.text(problem.span).to_owned();
                let finding = cx.report(problem.span, "code block is never closed");
                finding.help(format!("close it with a line {fence}"));
                if let Some(line) = forgotten {
                    finding.related(line, "the block was probably meant to end above this line");
                }
            }
            CodeProblemKind::NestedFence { opening } => {
                let finding = cx.report(problem.span, "a fence opens inside a code block");
                finding.help(
                    "close the block above it, or give the outer fence one mark more than the inner ones",
                );
                finding.related(opening, "the block begins here");
            }
            CodeProblemKind::Syntax { .. }
            | CodeProblemKind::Diagram { .. }
            | CodeProblemKind::NotDrawn { .. }
            | CodeProblemKind::Typography { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn a_fence_that_opens_in_a_block_is_told_where_it_stands() {
        check_rule(&RULE, "//- a.md\n```sh\na\n\n```sh\n^^^^^ a fence opens inside a code block\nb\n```\n");
    }

    #[test]
    fn longer_fences_hold_shorter_ones() {
        check_rule(&RULE, "//- a.md\n````md\n```sh\na\n```\n````\n\n~~~md\n```sh\na\n```\n~~~\n");
    }

    #[test]
    fn a_fence_in_a_list_must_be_closed_in_the_list() {
        check_rule(
            &RULE,
            "//- a.md\n- a\n  ```sh\n  ^^^ code block is never closed\n  b\n```\n^^^ code block is never closed\nc\n",
        );
    }
}
