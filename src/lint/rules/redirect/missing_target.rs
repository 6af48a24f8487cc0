//! Finds redirects to pages and headings that do not exist.
//!
//! `[output.html.redirect]` keeps old addresses alive. An entry whose new address is not on the site leads the reader
//! from one dead end to the next. A new address counts from the folder of the old one, as in a browser; addresses of
//! other sites are not looked at.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/recover.html" = "restore-all.html"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/recover.html" = "restore.html#restore"
//! "/tides.html" = "https://tides.example/"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```

use super::{There, is_made, moved, there};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::declared::Destination;

pub(crate) static RULE: Rule = Rule {
    id: "redirect/missing-target",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_target.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let moved = moved(cx);
    for redirect in &cx.project.declared.redirects {
        let Destination::Own { path, fragment } = &redirect.to else { continue };
        match (there(cx, path), fragment) {
            (Some(There::Page(page)), Some(id)) => {
                let dialect = cx.project.book.dialect;
                let moved_on = moved.contains(&(path, Some(id)));
                if !page.composed && !page.has_anchor(id, dialect) && !moved_on {
                    let source = cx.project.sources.path(page.source);
                    cx.report(redirect.to_span, format!("no heading or id `#{id}` in `{source}`"))
                        .help("lead to a heading that exists, or to the page");
                }
            }
            (Some(_), _) => {}
            (None, _) if is_made(cx, path) || moved.contains(&(path, None)) => {}
            (None, _) => {
                cx.report(redirect.to_span, format!("the site has no `{path}`"))
                    .help("lead to a page that exists; the address counts from the folder of the old one");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_new_address_is_underlined() {
        check_rule(
            &RULE,
            "//- book.toml\n[output.html.redirect]\n\"a/old.html\" = \"new.html\"\n               ^^^^^^^^^^ the site has no `a/new.html`\n\"b.html\" = \"a/c.html#gone\"\n           ^^^^^^^^^^^^^^^ no heading or id `#gone` in `docs/a/c.md`\n\"d.html\" = \"b.html\"\n\"e.html\" = \"a/\"\n\"f.html\" = \"x.png\"\n\"g/\" = \"../../std/x.html\"\n//- docs/a/c.md\n# C\n//- docs/a/README.md\n# A\n//- docs/x.png\n",
        );
    }
}
