//! Finds links in descriptions that lead into the project and to nothing.
//!
//! A path is read from the folder of the document, then from the book's folder and from the root. Links to other sites, anchors of the
//! reference itself and paths that begin with `/` are not looked at.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: "What to do when it fails: [runbook](../runbooks/order.md)."
//!       responses: {"200": {description: the orders}}
//! ```
//!
//! ```md docs/runbooks/orders.md
//! # Orders
//!
//! ## It answers 502
//!
//! Restart the service.
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: "What to do when it fails: [runbook](../runbooks/orders.md#it-answers-502)."
//!       responses: {"200": {description: the orders}}
//! ```
//!
//! ```md docs/runbooks/orders.md
//! # Orders
//!
//! ## It answers 502
//!
//! Restart the service.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::{Target, join};

pub(crate) static RULE: Rule = Rule {
    id: "api/broken-link",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("broken_link.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for page in project.specs.iter().flat_map(|it| &it.links) {
        for link in page.links.iter().filter(|it| is_path(&it.dest)) {
            match cx.resolver.resolve(page, &link.dest) {
                Target::Missing(path) if !exists(cx, &link.dest) => {
                    let nearest = cx.resolver.nearest(&path).map(|it| format!("did you mean `{it}`?"));
                    cx.report(link.dest_span, format!("`{path}` does not exist")).help(
                        nearest
                            .unwrap_or_else(|| "write the path from the folder of this document".to_owned()),
                    );
                }
                Target::Page { page: index, fragment: Some(fragment) } => {
                    anchor(cx, page, index, &fragment, link.dest_span)
                }
                _ => {}
            }
        }
    }
}

/// Whether a destination is a path to a file of the project. `#tag/orders` is a place of the reference, and
/// `/docs/orders` one of a site.
fn is_path(dest: &str) -> bool {
    let path = dest.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let has_extension =
        name.rsplit_once('.').is_some_and(|(stem, it)| !stem.is_empty() && (2..=5).contains(&it.len()));
    has_extension && !path.starts_with('/') && !path.contains(':') && !path.contains('@')
}

/// Whether a path exists below the book's folder or the root.
fn exists(cx: &Context<'_>, dest: &str) -> bool {
    let path = dest.split(['#', '?']).next().unwrap_or_default();
    let folders = [&*cx.project.book.src, ""];
    folders.iter().any(|it| join(it, path).is_some_and(|it| cx.project.files.get(&it).is_some()))
}

fn anchor(cx: &mut Context<'_>, from: &Page, index: usize, fragment: &str, place: crate::source::Span) {
    let target = &cx.project.pages[index];
    if target.composed || target.source == from.source || target.has_anchor(fragment, cx.project.book.dialect)
    {
        return;
    }
    let path = cx.project.sources.path(target.source).to_owned();
    cx.report(place, format!("no heading or id `#{fragment}` in `{path}`"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn paths_and_anchors_are_followed() {
        check_rule(
            &RULE,
            "//- docs/api/a.yaml
openapi: 3.0.3
info:
  title: A
  version: '1'
  description: |
    See [one](../b.md) and [two](../c.md 't'), or [three](../b.md#none) and [four](../b.md#b).
                                 ^^^^^^^ `docs/c.md` does not exist
                                                          ^^^^^^^^^^^^ no heading or id `#none` in `docs/b.md`
    Also [five](#tag/x), [six](/site/x.html), [seven](https://acme.test/x.md), [eight](b.md).
externalDocs: {url: ../d.md}
                    ^^^^^^^ `docs/d.md` does not exist
paths: {}
//- docs/b.md
# B
",
        );
    }
}
