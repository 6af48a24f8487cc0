//! Finds headings with nothing below them.
//!
//! An empty "Rollback" promises what is not there. A section counts as empty when the next heading of the same
//! or a higher level follows at once; comments and thematic breaks are no content. A heading that is a link, a
//! signature, a label with its value (`Priority: high`) or a whole step (`4. Repeat this for all other members`)
//! says all it has to say; changelogs, archives, task
//! lists and templates are left alone.
//!
//! ## Flagged
//!
//! ```md runbooks/drain.md
//! # Drain a node
//!
//! Cordon it first.
//!
//! ## Rollback
//!
//! ## Escalation
//!
//! Page the platform team.
//! ```
//!
//! ## Accepted
//!
//! ```md runbooks/drain.md
//! # Drain a node
//!
//! ## Steps
//!
//! ### Cordon
//!
//! Run `kubectl cordon`.
//! ```

use std::sync::LazyLock;

use super::readers::{Readers, readers};
use super::words::{Pattern, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document::{Kind, NodeId};
use crate::model::page::{Heading, Page};

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/empty-section",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("empty_section.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    let project = cx.project;
    let text: &str = &project.sources.get(page.source).text;
    let mut empty = Vec::new();
    // The last heading that nothing has followed yet.
    let mut open: Option<usize> = None;
    for block in page.document.roots() {
        match page.document.node(block).kind {
            Kind::Heading(index) => {
                let index = index as usize;
                if let Some(above) = open.filter(|&it| page.headings[index].level <= page.headings[it].level)
                {
                    empty.push(above);
                }
                open = Some(index);
            }
            Kind::ThematicBreak => {}
            Kind::HtmlBlock if !shows_something(text, page, block) => {}
            _ => open = None,
        }
    }
    empty.extend(open);
    let left_alone = || {
        let readers = readers(project.sources.path(page.source), page);
        matches!(readers, Readers::Past | Readers::Tasks | Readers::Template)
    };
    if empty.is_empty() || left_alone() {
        return;
    }
    for index in empty {
        report(cx, page, index);
    }
}

/// `Priority: high`, but not `Step 3: restore`.
static LABELLED: Pattern = LazyLock::new(|| pattern(r"^\W*[\w /()-]{2,40}:\s+\S"));
static NUMBERED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:step|phase|part|chapter|section|appendix|option|level|stage|scenario|task|day)?\s*#?(?:\d[\d.]*|(?-i:[A-Z]))?\s*:",
    )
});

/// `.date(value)`, `to_json(value, options)`.
static SIGNATURE: Pattern = LazyLock::new(|| pattern(r"^[.\w]+\([^()]*\)$"));
/// `[0.54.0]`, `8.3.2 (2020-12-08)`: a release without news.
static RELEASE: Pattern = LazyLock::new(|| pattern(r"^\W*v?\d+\.\d+\.\d+\S*(?:\s*[-–/(\d].*)?$"));

/// `4. Repeat the steps above for all other members`: a step that says all there is to do.
static STEP: Pattern = LazyLock::new(|| pattern(r"(?i)^\W*(?:step\s*)?#?\d+[.):]+\s+(?:\S+\s+){4}\S"));

/// Whether a heading needs nothing below it.
fn is_complete(page: &Page, heading: &Heading) -> bool {
    let document = &page.document;
    let mut words = document.children(heading.node).map(|it| document.node(it));
    let points =
        words.all(|it| matches!(it.kind, Kind::Link(_) | Kind::Code(_) | Kind::InlineHtml | Kind::Image(_)));
    points
        || SIGNATURE.is_match(&heading.text)
        || RELEASE.is_match(&heading.text)
        || STEP.is_match(&heading.text)
        // `Moved to https://…`
        || heading.text.contains("://")
        || (LABELLED.is_match(&heading.text) && !NUMBERED.is_match(&heading.text))
}

fn report(cx: &mut Context<'_>, page: &Page, index: usize) {
    let heading = &page.headings[index];
    if is_complete(page, heading) {
        return;
    }
    // A page that is a title and nothing else is a stub of its own kind: the whole page is the section.
    let what = if page.headings.len() == 1 { "the page" } else { "the section" };
    cx.report(heading.span, format!("{what} `{}` is empty", heading.text))
        .help("write it, or remove the heading");
}

/// Whether raw HTML is more than comments and anchors.
fn shows_something(text: &str, page: &Page, block: NodeId) -> bool {
    let mut rest = text.get(page.document.node(block).range()).unwrap_or_default().trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((words, after)) = comment.split_once("-->") else { return false };
        // `<!-- {% include "install.md" %} -->`: a generator puts the content there.
        if words.contains("{%") || words.contains("{{") {
            return true;
        }
        rest = after.trim();
    }
    let anchor = rest.starts_with("<a ") && rest.ends_with("></a>") && rest.matches('<').count() == 2;
    !rest.is_empty() && !anchor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn comments_and_breaks_are_no_content() {
        check_rule(
            &RULE,
            "//- a.md\n# T\n\n## A\n   ^ the section `A` is empty\n\n<!-- later -->\n\n---\n\n## B\n\n- x\n\n## C\n   ^ the section `C` is empty\n",
        );
    }

    #[test]
    fn a_step_in_a_heading_says_what_to_do() {
        check_rule(
            &RULE,
            "//- a.md\n# T\n\n## 1. Stop it\n   ^^^^^^^^^^ the section `1. Stop it` is empty\n\n## 2. Repeat this for all other berths\n",
        );
    }

    #[test]
    fn images_and_html_are() {
        check_rule(
            &RULE,
            "//- a.md\n# T\n\n## A\n\n<img src=\"x.png\">\n\n## B\n\n{{#include x.md}}\n\n## C\n\n<!-- {% include \"x.md\" %} -->\n\n## Moved to https://harbour.example/b\n",
        );
    }

    #[test]
    fn a_page_that_is_only_a_title() {
        check_rule(&RULE, "//- a.md\n# Later\n  ^^^^^ the page `Later` is empty\n");
    }
}
