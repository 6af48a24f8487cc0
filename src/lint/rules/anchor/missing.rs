//! Finds links to headings that do not exist, on the same page or another.
//!
//! Anchors are exactly those that GitHub gives to headings, so one link works in the repository and on the
//! site. Ids from raw HTML and from `{#id}` after a heading count too. An id that differs in capitals only is
//! left to another rule. A page with parts that only another generator knows, such as documentation made from code, is not judged.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Start with [the checks](#before-you-begin), then [promote](failover.md#promote-standby).
//!
//! ## Before you start
//!
//! Open the dashboard.
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! ## Promote the standby
//!
//! Run `promote`.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore / Rebuild
//!
//! [Up](#restore--rebuild) or to the [table](failover.md#standbys).
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! <a id="standbys"></a>
//!
//! | name | zone |
//! |------|------|
//! | db-2 | b    |
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Dialect;
use crate::model::page::{LinkKind, Page};
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "anchor/missing",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in &page.links {
        if !link.dest.contains('#') || matches!(link.kind, LinkKind::Reference | LinkKind::ImageReference) {
            continue;
        }
        let Target::Page { page: index, fragment: Some(fragment) } = cx.resolver.resolve(page, &link.dest)
        else {
            continue;
        };
        let target = &cx.project.pages[index];
        let id = fragment.strip_prefix("user-content-").unwrap_or(&fragment);
        if id == "top" || id.starts_with(":~:") || target.has_anchor(id, cx.project.book.dialect) {
            continue;
        }
        // In MyST a fragment alone may name a target of any page, or of the code.
        let anywhere = cx.project.book.dialect == Dialect::Sphinx && link.dest.starts_with('#');
        // A part is read in the pages around it.
        let around = cx.project.includes.parts.get(&target.source).map_or(&[][..], Vec::as_slice);
        let mut around = around.iter().filter_map(|it| cx.project.includes.composed(*it));
        if target.composed || anywhere || around.any(|(it, _)| it.has_anchor(id, cx.project.book.dialect)) {
            continue;
        }
        let nearest = nearest(target, id);
        let place = if target.source == page.source {
            "on this page".to_owned()
        } else {
            format!("in `{}`", cx.project.sources.path(target.source))
        };
        // Underline the fragment alone where it is written as it was read.
        let written = cx.project.sources.text(link.dest_span);
        let span = match written.find('#') {
            Some(at) => link.dest_span.slice(at..written.len()),
            None => link.dest_span,
        };
        cx.report(span, format!("no heading or id `#{id}` {place}")).help(match nearest {
            Some(nearest) => format!("did you mean `#{nearest}`?"),
            None => "link to a heading that exists, or drop the fragment".to_owned(),
        });
    }
}

/// The most anchors that are compared for a suggestion.
const MOST_COMPARED: usize = 1_000;

/// The anchor most like a wrong one; ties go to the first in the alphabet.
fn nearest<'a>(page: &'a Page, id: &str) -> Option<&'a str> {
    // Thousands of dead links to a page with thousands of headings get no suggestion.
    if page.anchors.len() > MOST_COMPARED {
        return None;
    }
    let scored = page.anchors.keys().map(|it| (strsim::jaro_winkler(it, id), it.as_str()));
    scored
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_fragment_is_underlined() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# One\n\n[x](#two) [y](b.md#thre) [z](b.md#three)\n    ^^^^ no heading or id `#two` on this page\n                  ^^^^^ no heading or id `#thre` in `docs/b.md`\n//- docs/b.md\n# Three\n",
        );
    }

    #[test]
    fn anchors_that_exist() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# One\n\n## Own {#mine}\n\n## Step\n\n## Step\n\n[a](#one) [b](#mine) [c](#step-1) [d](#top) [e](#) [f](#fn-1) [g](#One) [h](x.py#L3) [i](https://a.example/#no)\n\nnote[^1]\n\n[^1]: foot\n//- docs/x.py\n",
        );
    }

    #[test]
    fn anchors_of_hugo() {
        check_rule(
            &RULE,
            "//- docs/config.json\n//- docs/layouts/x.html\n//- docs/content/a.md\n# A\n\n### --max-ebb=N ###\n\n[a](#max-ebb-n) [b](#min-ebb-n)\n                    ^^^^^^^^^^ no heading or id `#min-ebb-n` on this page\n",
        );
    }

    #[test]
    fn anchors_of_parts() {
        check_rule(
            &RULE,
            "//- docs/a.md\n# One\n\n{{#include p.md}}\n//- docs/p.md\n## Part\n\n[up](#one) [no](#two)\n                ^^^^ no heading or id `#two` on this page\n//- docs/b.md\n[p](a.md#part) [n](a.md#none)\n                       ^^^^^ no heading or id `#none` in `docs/a.md`\n",
        );
    }

    #[test]
    fn anchors_that_only_a_generator_knows() {
        check_rule(
            &RULE,
            "//- mkdocs.yml\n//- docs/a.md\n## Step\n\n## Step\n\n## Ebb ## {: #low }\n\n[a](#step_1) [b](#low) [c](b.md#harbour.Tide) [d](#none)\n                                                  ^^^^^ no heading or id `#none` on this page\n//- docs/b.md\n::: harbour.Tide\n",
        );
        check_rule(
            &RULE,
            "//- docs/conf.py\n//- docs/a.md\n(ebb)=\n# A\n\n[a](#harbour.tide) [b](a.md#ebb)\n",
        );
    }
}
