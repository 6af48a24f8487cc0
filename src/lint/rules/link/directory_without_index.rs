//! Finds links to a folder that has no index page.
//!
//! GitHub lists the folder; on the site there is nothing to show. Only folders inside the book count. Add an
//! `index.md` or `README.md`, or link to a page.
//!
//! ## Flagged
//!
//! ```md docs/index.md
//! # Orders
//!
//! All [runbooks](runbooks/).
//! ```
//!
//! ```md docs/runbooks/restore.md
//! # Restore
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/index.md
//! # Orders
//!
//! All [runbooks](runbooks/) and the [scripts](../scripts).
//! ```
//!
//! ```md docs/runbooks/README.md
//! # Runbooks
//!
//! Text.
//! ```
//!
//! ```sh scripts/x.sh
//! true
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "link/directory-without-index",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("directory_without_index.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    if !page.in_book {
        return;
    }
    // `/` is where the site begins: a page is there whatever the folder is called.
    for link in judged(page).filter(|it| it.dest != "/") {
        let Target::Directory(path) = cx.resolver.resolve(page, &link.dest) else { continue };
        let book = &cx.project.book.src;
        let inside = book.is_empty() || path == *book || path.starts_with(&format!("{book}/"));
        let pages = cx.project.pages.iter().any(|it| {
            cx.project.sources.path(it.source).strip_prefix(&path).is_some_and(|rest| rest.starts_with('/'))
        });
        if inside && pages {
            cx.report(link.dest_span, format!("the folder `{path}` has no index page"))
                .help("add an `index.md` to it, or link to one of its pages");
        }
    }
}
