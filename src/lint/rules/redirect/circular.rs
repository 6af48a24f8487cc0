//! Finds redirects that lead in a circle.
//!
//! Two entries that lead to one another never end at a page: the browser stops with an error. An entry may lead to
//! another one as long as the last of them leads to a page.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/recover.html" = "repair.html"
//! "/repair.html" = "recover.html"
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
//! "/recover.html" = "repair.html"
//! "/repair.html" = "restore.html"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```

use std::collections::HashMap;

use super::there;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::declared::{Destination, Redirect};

pub(crate) static RULE: Rule = Rule {
    id: "redirect/circular",
    severity: Severity::Error,
    preview: false,
    file: include_str!("circular.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let redirects = &cx.project.declared.redirects;
    let whole = redirects.iter().filter(|it| it.fragment.is_none() && there(cx, &it.from).is_none());
    let whole: Vec<&Redirect> = whole.collect();
    let next: HashMap<&str, &str> = whole
        .iter()
        .filter_map(|it| match &it.to {
            Destination::Own { path, .. } => Some((it.from.as_str(), path.as_str())),
            Destination::Elsewhere(_) => None,
        })
        .collect();
    // Each entry is followed once: to a page, to what is known, or back to where it began.
    let mut ends: HashMap<&str, bool> = HashMap::new();
    for redirect in whole {
        let mut way = Vec::new();
        let mut at = redirect.from.as_str();
        let circular = loop {
            if let Some(&known) = ends.get(at) {
                break known;
            }
            let Some(&to) = next.get(at) else { break false };
            way.push(at);
            ends.insert(at, true);
            at = to;
        };
        way.into_iter().for_each(|it| {
            ends.insert(it, circular);
        });
        if circular {
            cx.report(redirect.from_span, format!("`{}` leads in a circle", redirect.from))
                .help("lead to a page of the site");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn what_leads_into_a_circle_is_in_it() {
        check_rule(
            &RULE,
            "//- book.toml\n[output.html.redirect]\n\"a.html\" = \"b.html\"\n^^^^^^^^ `a.html` leads in a circle\n\"b.html\" = \"c.html\"\n^^^^^^^^ `b.html` leads in a circle\n\"c.html\" = \"b.html\"\n^^^^^^^^ `c.html` leads in a circle\n\"d.html\" = \"d.html\"\n^^^^^^^^ `d.html` leads in a circle\n\"e.html\" = \"f.html\"\n\"f.html\" = \"docs.html\"\n//- docs/docs.md\n",
        );
    }
}
