//! Finds links without a destination or without words.
//!
//! `[text]()` goes nowhere; `[](page.md)` cannot be clicked or heard. In a `SUMMARY.md` a link without a destination is
//! a draft chapter.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! Ask [the owner](). See [](failover.md).
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! Up to [the top](#). See [![diagram](flow.png)](failover.md).
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Text.
//! ```
//!
//! ```text docs/flow.png
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Dialect;
use crate::model::document::Kind;
use crate::model::page::{LinkKind, Page};

pub(crate) static RULE: Rule = Rule {
    id: "link/empty",
    severity: Severity::Error,
    preview: false,
    file: include_str!("empty.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    let text = cx.project.sources.get(page.source).text.clone();
    let summary = cx.project.sources.path(page.source).ends_with("SUMMARY.md");
    // MyST fills `[](page.md)` with the title of what it leads to.
    let takes_title = cx.project.book.dialect == Dialect::Sphinx;
    for link in judged(page) {
        if link.dest.trim().is_empty() && !summary {
            let what =
                if matches!(link.kind, LinkKind::Image | LinkKind::HtmlImage) { "image" } else { "link" };
            cx.report(link.span, format!("the {what} has no destination"))
                .help("write where it leads, or remove the brackets");
        } else if let (LinkKind::Inline, Some(node), false) = (link.kind, link.node, takes_title) {
            let shows_more = page
                .document
                .descendants(node)
                .any(|it| matches!(page.document.node(it).kind, Kind::Image(_) | Kind::InlineHtml));
            if !shows_more && page.document.plain_text(node, &text).trim().is_empty() {
                cx.report(link.span, "the link has no words")
                    .help("say where it leads, between the brackets");
            }
        }
    }
}
