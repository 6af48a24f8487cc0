//! Finds conflicts that a merge left behind.
//!
//! Git writes both versions between `<<<<<<<`, `=======` and `>>>>>>>` where two changes touch the same lines. Nobody
//! can tell which of the two steps is the right one, and the middle line makes a heading of what stands above it.
//! A conflict that a code block shows from beginning to end is an example.
//!
//! ## Flagged
//!
//! ```md docs/restart.md
//! # Restart the gateway
//!
//! Drain it first.
//!
//! <<<<<<< HEAD
//! Wait ten minutes, then page the duty team.
//! =======
//! Page the vendor at once.
//! >>>>>>> escalation
//! ```
//!
//! ## Accepted
//!
//! ```md docs/merging.md
//! # Merge a branch
//!
//! Git marks what it cannot merge:
//!
//! ~~~text
//! <<<<<<< HEAD
//! timeout = 10
//! =======
//! timeout = 30
//! >>>>>>> escalation
//! ~~~
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "text/conflict-marker",
    severity: Severity::Error,
    preview: false,
    file: include_str!("conflict_marker.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    let text = cx.project.sources.get(page.source).text.clone();
    if !text.contains("<<<<<<< ") {
        return;
    }
    // Where the first of the three marks stands, with the line, and whether the second came.
    let mut open: Option<(usize, &str, bool)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        open = match open {
            _ if words.starts_with("<<<<<<< ") => Some((start, words, false)),
            Some((at, first, false)) if words == "=======" => Some((at, first, true)),
            Some((at, first, true)) if words.starts_with(">>>>>>> ") || words == ">>>>>>>" => {
                let is_shown = page.code_blocks.iter().any(|it| {
                    let block = it.span.range();
                    block.start < at && start < block.end
                });
                if !is_shown {
                    let span = Span::new(page.source, at..at + first.len());
                    cx.report(span, format!("a merge left a conflict with `{}` here", other(words)))
                        .help("keep the lines that are right, and remove the three marks");
                }
                None
            }
            open => open,
        };
        start += line.len();
    }
}

/// The name behind the last mark.
fn other(line: &str) -> &str {
    let name = line.trim_start_matches('>').trim();
    if name.is_empty() { "another change" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn each_conflict_is_told_once() {
        check_rule(
            &RULE,
            "//- a.md\n<<<<<<< HEAD\n^^^^^^^^^^^^ a merge left a conflict with `ebb tide` here\none\n||||||| base\nnone\n=======\ntwo\n>>>>>>> ebb tide\n\n\
             ```sh\necho\n<<<<<<< ours\n^^^^^^^^^^^^ a merge left a conflict with `theirs` here\nmoor\n```\n=======\nsail\n```\n>>>>>>> theirs\n",
        );
    }

    #[test]
    fn marks_that_are_no_conflict() {
        check_rule(
            &RULE,
            "//- a.md\nTitle\n=======\n\n>>>>>>> deep\n\n```\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n```\n\n<<<<<<< nothing more\n",
        );
    }
}
