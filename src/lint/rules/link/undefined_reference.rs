//! Finds reference links whose label is defined nowhere: `[text][label]`.
//!
//! They are shown with their brackets. Brackets alone, `[label]`, are ordinary text and left alone, and so are tags
//! in a row, `[#12][#14]`, and what the generator defines for all pages.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! See [the plan][plan] and [the contacts][contacts].
//!
//! [contacts]: contacts.md
//! ```
//!
//! ```md docs/contacts.md
//! # Contacts
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! See [the plan][Plan], `[x][y]` and [options].
//!
//! [plan]: contacts.md
//! ```
//!
//! ```md docs/contacts.md
//! # Contacts
//!
//! Text.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::{LinkKind, Page};

pub(crate) static RULE: Rule = Rule {
    id: "link/undefined-reference",
    severity: Severity::Error,
    preview: false,
    file: include_str!("undefined_reference.rs"),
    check: Check::Page(check),
};

/// The most definitions that are compared for a suggestion.
const MOST_COMPARED: usize = 1_000;

fn check(cx: &mut Context<'_>, page: &Page) {
    if cx.project.book.shared_labels {
        return;
    }
    let in_crate = cx.project.files.get("Cargo.toml").is_some();
    for reference in &page.undefined_references {
        // Rustdoc knows the items of the crate by their names.
        let code = reference.label.trim_matches('`');
        if in_crate && code.starts_with(|it: char| it.is_ascii_uppercase()) && !code.contains([' ', '-', '.'])
        {
            continue;
        }
        let nearest = page
            .links
            .iter()
            .filter(|it| it.kind == LinkKind::Definition)
            .take(MOST_COMPARED)
            .filter_map(|it| label(cx.project.sources.text(it.span)))
            .map(|it| {
                (strsim::jaro_winkler(&it.to_lowercase(), &reference.label.to_lowercase()), it.to_owned())
            })
            .filter(|(score, _)| *score > 0.85)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let help = match nearest {
            Some((_, label)) => format!("did you mean `{label}`?"),
            None => format!("define it: `[{}]: page.md`", reference.label),
        };
        cx.report(reference.span, format!("no definition of `[{}]` on this page", reference.label))
            .help(help);
    }
}

/// The label of a definition as written.
fn label(definition: &str) -> Option<&str> {
    definition.trim_start().strip_prefix('[')?.split_once("]:").map(|(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn tags_in_a_row_are_no_link() {
        check_rule(
            &RULE,
            "//- a.md\n- [#12][#14] Mend the net\n- Mend it [0cc58ce][a4b7d8d]\n- [win][arm] Mend it\n- [ebb][flood] and more\n  ^^^^^^^^^^^^ no definition of `[flood]` on this page\n\nKeys: [berth][,tide][,crew] or [berth][tide][crew][pilot], [ebb][tides].\n                                                           ^^^^^^^^^^^^ no definition of `[tides]` on this page\n",
        );
    }

    #[test]
    fn labels_that_a_generator_defines() {
        check_rule(&RULE, "//- mkdocs.yml\nplugins:\n  - autorefs\n//- docs/a.md\n[ebb][]\n");
        check_rule(
            &RULE,
            "//- mkdocs.yml\n# - autorefs\n//- docs/a.md\n[ebb][]\n^^^^^ no definition of `[ebb]` on this page\n",
        );
        check_rule(
            &RULE,
            "//- Cargo.toml\n//- a.md\n[`Tide`][] and [the tide][ebb-tide]\n               ^^^^^^^^^^^^^^^^^^^^ no definition of `[ebb-tide]` on this page\n",
        );
    }
}
