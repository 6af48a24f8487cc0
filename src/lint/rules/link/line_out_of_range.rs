//! Finds links to lines that a file does not have: `backup.py#L40` in a file of 12 lines.
//!
//! The code has moved on, and the link shows something else or nothing.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! The limit is set in [settings](../settings.py#L9-L12).
//! ```
//!
//! ```py settings.py
//! LIMIT = 4
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! The limit is set in [settings](../settings.py#L1).
//! ```
//!
//! ```py settings.py
//! LIMIT = 4
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "link/line-out-of-range",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("line_out_of_range.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page).filter(|it| it.dest.contains("#L")) {
        let Target::File { path, fragment: Some(fragment) } = cx.resolver.resolve(page, &link.dest) else {
            continue;
        };
        let Some(last) = last_line(&fragment) else { continue };
        // Only files that were read can be counted.
        let Some(source) = cx.project.sources.id(&path) else { continue };
        let lines = cx.project.sources.get(source).text.lines().count();
        if last > lines {
            let has = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            cx.report(link.dest_span, format!("line {last} is beyond the end of `{path}`, which has {has}"))
                .help("link to the lines that are meant today, or to a commit");
        }
    }
}

/// The larger line of `L9`, `L9-L12`, `L9-12`, `L9C3-L12C4`.
fn last_line(fragment: &str) -> Option<usize> {
    let lines = fragment.strip_prefix('L')?;
    let number = |it: &str| it.trim_start_matches('L').split('C').next().and_then(|it| it.parse().ok());
    match lines.split_once('-') {
        Some((from, to)) => Some(std::cmp::max(number(from)?, number(to)?)),
        None => number(lines),
    }
}
