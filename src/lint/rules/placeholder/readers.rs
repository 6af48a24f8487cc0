//! For whom a page is written, told by its path, title and language: what is a hole in a runbook is an example
//! in a tutorial and a form in a template.

use std::sync::LazyLock;

use super::words::{Pattern, pattern};
use crate::model::page::Page;

/// What a page is, for the placeholder rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// A log of changes, or put away: nobody will fill in anything.
    Past,
    /// A list of tasks, or a text about markers.
    Tasks,
    /// A template: its holes are for those who use it.
    Template,
    /// A README, tutorial or reference: readers put their own values into its samples.
    Strangers,
    /// A document that a team follows: runbook, plan, policy.
    Operators,
    /// Nothing tells.
    Unknown,
}

static PAST: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|/)(?:archived?|old|obsolete|deprecated|changelogs?|release[-_]?notes|releases)/|(?:^|/)(?:_?posts|blog)/\d{4}[-/]|(?:^|/)_posts/|(?:^|/)(?:change[-_]?log|changes|history|news|releases?|release[-_]?notes)(?:[-_.][^/]*)?$",
    )
});
static TASKS: Pattern =
    LazyLock::new(|| pattern(r"(?:^|/)(?:[^/]*[-_])?(?:todos?|to-do|backlog|roadmap)(?:[-_.][^/]*)?$"));
static TASKS_TITLE: Pattern = LazyLock::new(|| pattern(r"(?i)\b(?:todos?|to-do|fixme|roadmap|backlog)\b"));
static TEMPLATE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|/)[^/]*template[^/]*(?:/|$)|(?:^|/)\.github/|(?:^|/)(?:skeletons?|boilerplates?|archetypes|scaffolds?|cookiecutter[^/]*)/",
    )
});
static TEMPLATE_TITLE: Pattern = LazyLock::new(|| pattern(r"(?i)\b(?:template|boilerplate|skeleton)\b"));
static STRANGERS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|/)(?:tutorials?|examples?|samples?|quick-?starts?|getting[-_]started|reference|cookbook|learn|how-?tos?|fixtures?|tests?|spec|specs)/|(?:^|/)(?:readme|contributing|security|support|code[-_]of[-_]conduct|governance|maintainers|skill|agents|claude)(?:[-_.][^/]*)?$|(?:^|/)[^/]*(?:tutorial|quick-?start|getting[-_]started|example|reference|install(?:ation|ing)?|setup|configuration|usage|faq|cheat-?sheet)[^/]*$",
    )
});
static STRANGERS_TITLE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:tutorial|quick ?start|getting started|examples?|reference|installation|cheat ?sheet|usage|configuration reference)\b",
    )
});
static OPERATORS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|/)(?:operations?|ops|sre|production|infrastructure|compliance|policies|escalation|security[-_]policies)/",
    )
});
static OPERATORS_TITLE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:runbook|playbook|operations|disaster|recovery|incident|on-?call|escalation|continuity|production|maintenance)\b",
    )
});

/// What a page is.
pub(super) fn readers(path: &str, page: &Page) -> Readers {
    let path = path.to_lowercase();
    // A page without a heading of level 1 is titled by the first that comes: that is no title.
    let titled = page.front_matter.is_some() || page.headings.iter().any(|it| it.level == 1);
    let title = if titled { page.title.as_str() } else { "" };
    let title_is_marker =
        title.starts_with("TODO:") || title.contains("[TODO") || matches!(title, "TODO" | "FIXME");
    if PAST.is_match(&path) {
        Readers::Past
    } else if TASKS.is_match(&path) || (TASKS_TITLE.is_match(title) && !title_is_marker) {
        Readers::Tasks
    } else if TEMPLATE.is_match(&path) || TEMPLATE_TITLE.is_match(title) {
        Readers::Template
    } else if is_followed(page) || OPERATORS.is_match(&path) || OPERATORS_TITLE.is_match(title) {
        Readers::Operators
    } else if STRANGERS.is_match(&path) || STRANGERS_TITLE.is_match(title) {
        Readers::Strangers
    } else {
        Readers::Unknown
    }
}

/// Whether the page's type is one that people follow step by step.
fn is_followed(page: &Page) -> bool {
    page.document_type.as_deref().is_some_and(|it| it != "architecture" && it != "adr")
}

/// How a manual speaks to people whom its author does not know: it offers choices.
static OFFERS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:you\s(?:can|may|could|want|need|might|have\sto|wish|prefer|use)|if\syou|(?:lets|allows|helps)\syou)\b",
    )
});

/// Whether a page of no known kind speaks as a manual does: more than once it leaves a choice to its reader.
pub(super) fn offers_choices(text: &str) -> bool {
    OFFERS.find_iter(text).nth(1).is_some()
}

/// Languages in which `todo` is a word.
static ROMANCE_PATH: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[/._-])(?:es|pt|gl|ca|it|es-[a-z]{2}|pt-[a-z]{2}|pt_br)(?:[/.]|$)"));
static ROMANCE_WORDS: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:el|los|las|del|una|para|con|por|que|está|não|uma|dos|(?-i:os)|um|em|della|gli)\b")
});
static ENGLISH_WORDS: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:the|and|of|to|is|in|for|with|this|that|are|be|it|on)\b"));

/// How much of a page is read to tell its language, in bytes.
const SAMPLE: usize = 4000;

/// Whether `TODO` may be an ordinary word on this page: Spanish, Portuguese, Italian and their kin.
pub(super) fn todo_is_a_word(path: &str, page: &Page, text: &str) -> bool {
    let declared =
        page.front_matter.as_ref().and_then(|it| it.get(text, "lang").or_else(|| it.get(text, "language")));
    if let Some(declared) = declared {
        return ["es", "pt", "gl", "ca", "it"].iter().any(|it| declared.to_lowercase().starts_with(it));
    }
    if ROMANCE_PATH.is_match(&path.to_lowercase()) {
        return true;
    }
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    ROMANCE_WORDS.find_iter(sample).count() > ENGLISH_WORDS.find_iter(sample).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document_type::DocumentTypes;
    use crate::source::SourceId;

    fn page(path: &str, text: &str) -> Page {
        let mut page = crate::parse::markdown::parse(SourceId(0), path, text, true);
        crate::parse::document_type::set(&mut page, path, text, &DocumentTypes::default());
        page
    }

    #[test]
    fn paths_and_titles_tell_the_readers() {
        for (path, text, expected) in [
            ("CHANGELOG.md", "# 1.0\n", Readers::Past),
            ("docs/archive/plan.md", "# Plan\n", Readers::Past),
            ("www/posts/2031/02/new-quay.md", "# A new quay\n", Readers::Past),
            ("TODO.md", "# Later\n", Readers::Tasks),
            ("docs/a.md", "# Handling TODO comments\n", Readers::Tasks),
            ("docs/a.md", "# TODO\n", Readers::Unknown),
            ("docs/a.md", "## Template\n", Readers::Unknown),
            ("docs/a.md", "# Postmortem template\n", Readers::Template),
            (".github/ISSUE_TEMPLATE/bug.md", "# Bug\n", Readers::Template),
            ("runbooks/drain.md", "# Drain\n", Readers::Operators),
            ("docs/a.md", "# Production checklist\n", Readers::Operators),
            ("README.md", "# Tool\n", Readers::Strangers),
            ("docs/tutorials/first.md", "# First\n", Readers::Strangers),
            ("docs/a.md", "# Pumps\n", Readers::Unknown),
        ] {
            assert_eq!(readers(path, &page(path, text)), expected, "{path}: {text}");
        }
    }

    #[test]
    fn todo_is_a_word_where_the_page_says_or_shows_it() {
        for (path, text, expected) in [
            ("a.md", "---\nlang: es-MX\n---\nx\n", true),
            ("docs/pt-br/a.md", "# x\n", true),
            ("a.md", "Abre la puerta del muelle con una llave para los barcos.\n", true),
            ("a.md", "Open the door of the quay with a key for the ships.\n", false),
            ("docs/spec/a.md", "# x\n", false),
        ] {
            assert_eq!(todo_is_a_word(path, &page(path, text), text), expected, "{path}: {text}");
        }
    }
}
