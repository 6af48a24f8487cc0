//! Finds pages that stand in a `SUMMARY.md` twice.
//!
//! A page has one place in a book: one chapter number, one page before it and one behind it. mdBook refuses the second
//! entry; docwright leads both to the page and counts the first.
//!
//! ## Flagged
//!
//! ```md docs/SUMMARY.md
//! # Summary
//!
//! - [Lamps](lamps.md)
//! - [Night watch](lamps.md)
//! ```
//!
//! ```md docs/lamps.md
//! # Lamps
//!
//! There are nine.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/SUMMARY.md
//! # Summary
//!
//! - [Lamps](lamps.md)
//! ```
//!
//! ```md docs/lamps.md
//! # Lamps
//!
//! There are nine.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::SummaryProblem;

pub(crate) static RULE: Rule = Rule {
    id: "book/repeated-page",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("repeated_page.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for problem in &project.book.summary_problems {
        if let SummaryProblem::Repeated { span, first } = *problem {
            let words = project.sources.text(span);
            cx.report(span, format!("the page of `{words}` stands in the summary already"))
                .help("take one of the entries out; other pages may link it as often as they like")
                .related(first, "it stands here first");
        }
    }
}
