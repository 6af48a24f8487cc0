//! Finds redirects from addresses at which a page stands.
//!
//! The page wins, so the entry does nothing; mdBook refuses to build such a book. The same holds for an entry with a
//! fragment that is still a heading of its page.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/restore.html" = "failover.html"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/restore.html#promote" = "failover.html"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Take the newest dump.
//! ```

use super::{There, there};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "redirect/shadowed",
    severity: Severity::Error,
    preview: false,
    file: include_str!("shadowed.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for redirect in &cx.project.declared.redirects {
        let message = match (there(cx, &redirect.from), &redirect.fragment) {
            (Some(There::Page(page)), None) => {
                format!("`{}` stands at this address", cx.project.sources.path(page.source))
            }
            (Some(There::File), None) => format!("`{}` is a file of the book", redirect.from),
            (Some(There::Page(page)), Some(id)) if page.anchors.contains_key(id) => {
                format!("`{}` still has `#{id}`", cx.project.sources.path(page.source))
            }
            _ => continue,
        };
        cx.report(redirect.from_span, message).help("take the entry out, or remove what stands there");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_old_address_is_underlined() {
        check_rule(
            &RULE,
            "//- book.toml\n[output.html.redirect]\n\"/index.html\" = \"a.html\"\n^^^^^^^^^^^^^ `docs/README.md` stands at this address\n\"a.html#tide\" = \"/\"\n^^^^^^^^^^^^^ `docs/a.md` still has `#tide`\n\"a.html#ebb\" = \"/\"\n\"x.png\" = \"a.html\"\n^^^^^^^ `x.png` is a file of the book\n//- docs/a.md\n# Tide\n//- docs/README.md\n//- docs/x.png\n",
        );
    }
}
