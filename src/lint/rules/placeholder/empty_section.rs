//! Finds headings with nothing below them.
//!
//! An empty "Rollback" promises what is not there. A section counts as empty when the next heading of the same
//! or a higher level follows at once; comments and thematic breaks are no content. A heading that is a link, a
//! signature, a sentence, a label with its value (`Priority: high`) or a whole step (`4. Repeat this for all other
//! members`) says all it has to say, and so does a title whose parts have headings of its own level. A comment may say
//! that the words are generated. Changelogs, the list of a book, archives, task lists and templates are left alone.
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
//!
//! ```md docs/berths.md
//! ## Berths of the north harbour
//!
//! ## Allocation
//!
//! The keeper assigns them.
//!
//! ### free(berth)
//! ### free(berth, after)
//!
//! Frees one.
//!
//! ## Never moor across two berths!
//!
//! ## Prices
//!
//! <!-- generated from prices.csv -->
//! ```

use std::sync::LazyLock;

use super::readers::{Readers, readers};
use super::words::{Pattern, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Dialect;
use crate::model::document::{Kind, NodeId};
use crate::model::document_type::plain_words;
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
    let path = project.sources.path(page.source);
    let left_alone = || {
        is_list_of_book(cx, path)
            || matches!(readers(path, page), Readers::Past | Readers::Tasks | Readers::Template)
    };
    if empty.is_empty() || left_alone() {
        return;
    }
    for index in empty {
        let filled = || is_filled_by_site(cx, path) || is_bibliography(cx, page, index);
        if !(is_title(cx, page, index) || is_overload(page, index) || filled()) {
            report(cx, page, index);
        }
    }
}

/// Whether a page is the list of chapters of a book: its headings are the parts of that list.
fn is_list_of_book(cx: &Context<'_>, path: &str) -> bool {
    path == "SUMMARY.md"
        || path.ends_with("/SUMMARY.md")
        || path == format!("{}/SUMMARY.md", cx.project.book.src)
}

/// What first parts of any page are called.
const PARTS: [&str; 12] = [
    "introduction",
    "overview",
    "background",
    "about",
    "description",
    "summary",
    "abstract",
    "getting started",
    "installation",
    "usage",
    "requirements",
    "notes",
];

/// Whether a heading is the page's title, although the headings of its parts have the same level: it comes first, more
/// than one follows, and none of the kinds of documents has a section of this name.
fn is_title(cx: &Context<'_>, page: &Page, index: usize) -> bool {
    let named = page.front_matter.as_ref().is_some_and(|it| it.get(cx.text(page), "title").is_some());
    let [title, parts @ ..] = page.headings.as_slice() else { return false };
    if index > 0 || named || parts.len() < 2 || parts.iter().any(|it| it.level < title.level) {
        return false;
    }
    let words = plain_words(&title.text);
    if PARTS.contains(&words.trim()) {
        return false;
    }
    let mut sections = cx.project.document_types.all().iter().flat_map(|it| &it.sections);
    !sections.any(|it| it.is_called(&words))
}

/// Whether the next heading is another form of the same call: `free(berth)`, `free(berth, after)`.
fn is_overload(page: &Page, index: usize) -> bool {
    let name = |at: usize| page.headings.get(at)?.text.split_once('(').map(|it| it.0.trim());
    name(index).is_some_and(|it| !it.is_empty() && !it.contains(' ') && name(index + 1) == Some(it))
}

/// Whether the site lists on this page what lies beside it: a blog, a section of Hugo.
fn is_filled_by_site(cx: &Context<'_>, path: &str) -> bool {
    let blog = path.ends_with("blog/index.md") && cx.project.book.dialect == Dialect::MkDocs;
    blog || path.ends_with("/_index.md")
}

/// Whether a heading stands above the works that the page cites, which a program lists there.
fn is_bibliography(cx: &Context<'_>, page: &Page, index: usize) -> bool {
    let cites = page.front_matter.as_ref().is_some_and(|it| it.get(cx.text(page), "bibliography").is_some());
    cites && index + 1 == page.headings.len()
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
/// `[0.54.0]`, `8.3.2 (2020-12-08)`, `Unreleased`: a release without news.
static RELEASE: Pattern =
    LazyLock::new(|| pattern(r"^\W*(?:v?\d+\.\d+\.\d+\S*(?:\s*[-–/(\d].*)?|(?i:unreleased)\W*)$"));
/// `Do not open an issue!`, `This folder holds the scripts of the drill`: a sentence.
static SENTENCE: Pattern =
    LazyLock::new(|| pattern(r"^(?:\W*(?:\S+\s+){2,}\S+[.!]|This (?:\S+\s+){3,}\S+)$"));

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
        || SENTENCE.is_match(&heading.text)
        // `Moved to https://…`
        || heading.text.contains("://")
        // A shortcode above `---`, which begins a sample; an item of code that is documented in its place.
        || ["{{", "{%", ":::"].iter().any(|it| heading.text.starts_with(it))
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
        // `<!-- {% include "install.md" %} -->`, `<!-- generated from prices.csv -->`: a program puts the content there.
        let generated = words.to_lowercase().contains("generated") && !words.contains("TODO");
        if generated || words.contains("{%") || words.contains("{{") {
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
    fn a_first_section_is_no_title() {
        check_rule(
            &RULE,
            "//- a.md\n## Symptoms\n   ^^^^^^^^ the section `Symptoms` is empty\n\n## Steps\n\nMoor.\n\n## Later\n   ^^^^^ the section `Later` is empty\n//- b.md\n# Introduction\n  ^^^^^^^^^^^^ the section `Introduction` is empty\n\n# Berths\n\nText.\n\n# Tides\n\nText.\n//- docs/SUMMARY.md\n# Summary\n\n# Berths\n\n- [a](../a.md)\n",
        );
    }

    #[test]
    fn what_a_site_or_a_release_fills_in() {
        check_rule(
            &RULE,
            "//- mkdocs.yml\nsite_name: Harbour\n//- docs/blog/index.md\n# Blog\n//- docs/history/tool.md\n# History\n\n## Unreleased\n\n## 1.4.0\n\n- Moors.\n//- docs/scripts/README.md\n# This folder holds scripts of the drill\n//- docs/sample.md\n# Sample\n\n{{< code file=\"berths.md\" >}}\n---\ntitle: Berths\n---\n\n## Berths\n\nText.\n\n## ::: harbour.berths\n\n## ::: harbour.tides\n//- docs/paper.md\n---\nbibliography: paper.bib\n---\n# Tides\n\nText.\n\n# References\n",
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
