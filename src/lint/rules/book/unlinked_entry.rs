//! Finds entries of a `SUMMARY.md` that link nothing.
//!
//! mdBook refuses such a book. docwright shows the words as a chapter that is still to be written, which is what
//! `[Words]()` says in both.
//!
//! ## Flagged
//!
//! ```md docs/SUMMARY.md
//! # Summary
//!
//! - Night watch
//!   - [Lamps](lamps.md)
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
//! - [Night watch]()
//!   - [Lamps](lamps.md)
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
    id: "book/unlinked-entry",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unlinked_entry.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for problem in &project.book.summary_problems {
        if let SummaryProblem::Unlinked(span) = *problem {
            let words = project.sources.text(span).trim();
            cx.report(span, format!("`{words}` links no page"))
                .help(format!("link its page, or write `[{words}]()` for one that is still to be written"));
        }
    }
}
