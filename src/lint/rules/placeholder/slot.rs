//! Finds holes of a template that nobody filled in: `[Name]`, `{{COMPANY}}`, `____`, `Issue #XXX`, an empty label.
//!
//! A plan that still says "call [Name]" was copied and not written. A slot counts where a value belongs: as a
//! cell, as the value of a label, in a heading, in a sentence that a template would hold. Metavariables that the
//! reader fills in (`<host>`), usage (`[options]`), inline code, link text, formats that are explained, quoted
//! messages and pages that are templates are left alone. A line to write on (`____`) is worth a `warning`.
//!
//! ## Flagged
//!
//! ```md docs/continuity.md
//! # Continuity plan for {{COMPANY_NAME}}
//!
//! | Role          | Name   | Phone          |
//! |---------------|--------|----------------|
//! | Plan owner    | [Name] | [Phone number] |
//!
//! **Last exercise:**
//!
//! ## Suppliers
//!
//! Call [your supplier's hotline] first.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/continuity.md
//! # Continuity plan
//!
//! Run `drain [options] <host>`. Open tickets as "[Service] what is wrong"; see [Name][names] for the others.
//!
//! **Steps:**
//!
//! - Call the supplier.
//!
//! [names]: https://example.com/names
//! ```

use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use super::angle;
use super::blank;
use super::bracket;
use super::contact_row::unreachable;
use super::hint;
use super::label::empty_labels;
use super::position::Position;
use super::readers::{Readers, readers};
use super::shape;
use super::words::{GLOSSARY, Pattern, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::prose::{Block, Piece, pieces};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/slot",
    severity: Severity::Error,
    preview: false,
    file: include_str!("slot.rs"),
    check: Check::Page(check),
};

static PREFILTER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?im)(?:^|[^\w\]!`])\[[a-z#$€£?][^\[\]]{0,89}\](?:[^(\[:=]|$)|\{\{[a-z ]|__|\\_\\_|[#$€£-]XX|XX%|XX[ :]|(?-i:YYYY|HH:MM|/XXXX)|<[A-Za-z][^<>\n=/]*>|\((?:insert|add|attach|paste|need)\s|^(?:#+|//|;|--)\s*(?:insert|add|replace|put|your|fill in|commands?|steps?|placeholder:?)\s|@@|%%|<<|\{[A-Z][A-Za-z_ ]+\}|(?-i:\bv?X\.[XY]|20\d?X)|[*_]\(?(?:e\.g\.|for example|{prompt})|\shere\b|(?::(?:\*\*|__)?|(?:\*\*|__):)[ \t\\]*(?:<br ?/?>)?\r?$|\|[ \t]*\||click here|(?:\.\.\.|…)\r?$",
    )
});

/// A sentence that explains what the reader fills in.
pub(super) static EXPLAINS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:formats?|formatted|syntax|patterns?|templates?|templating|placeholders?|variables?|replac(?:e|es|ed|ing)|substitut\w+|conventions?|usage|for example|prefix\w*|mustache|handlebars|jinja|liquid|render\w*|naming|named|formato?s?|格式|形式|формат\w*|looks? like|such as|style|expand(?:s|ed)?|interpolat\w+|surrounded|square brackets|notation)\b|e\.g\.|i\.e\.",
    )
});

/// Headers of columns that list the parts of a command.
static USAGE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:options?|arguments?|args?|parameters?|params?|flags?|commands?|inputs?|variables?|switch(?:es)?)\b",
    )
});

/// Sections whose holes are for those who use them.
static MODEL_SECTION: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:templates?|examples?|samples?|formats?|messages?|announcements?|communications?|boilerplate|scripts?|conventions?|usage|synopsis|syntax|notation|snippets?|wording|e-?mail)\b",
    )
});

fn check(cx: &mut Context<'_>, page: &Page) {
    let project = cx.project;
    let text: &str = &project.sources.get(page.source).text;
    if !PREFILTER.is_match(text) {
        return;
    }
    let readers = readers(project.sources.path(page.source), page);
    if matches!(readers, Readers::Past | Readers::Tasks | Readers::Template) {
        return;
    }
    let pieces = pieces(page, text);
    let mut row: Option<Rc<str>> = None;
    for piece in &pieces {
        let found = match piece.block {
            Block::Comment if readers != Readers::Strangers => hint::in_comment(piece).into_iter().collect(),
            Block::Comment => continue,
            Block::Code(index) => {
                let language = page.code_blocks.get(index).map_or("", |it| it.language.as_str());
                blank::in_code(piece, page, language, readers)
            }
            _ => find(piece, page, readers),
        };
        for slot in found {
            let blank = piece.words[slot.clone()].starts_with('_');
            // A row of lines to write on is one form.
            if blank && let Block::Cell(cell) = &piece.block {
                if row.as_ref().is_some_and(|it| Rc::ptr_eq(it, &cell.row)) {
                    continue;
                }
                row = Some(cell.row.clone());
            }
            let words = &piece.words[slot.clone()];
            let finding = cx.report(
                Span::new(page.source, piece.source(slot.clone())),
                format!("`{}` is not filled in", words.replace('\n', " ")),
            );
            if blank {
                finding.severity = Severity::Warning;
            }
            // Readers do not see it.
            if piece.block == Block::Comment {
                finding.severity = Severity::Info;
            }
            finding.help("write the real value, or remove what asks for it");
        }
    }
    for label in unreachable(page, text) {
        let words = page.document.plain_text(label, text);
        let span = Span::new(page.source, page.document.node(label).range());
        cx.report(span, format!("`{}` has no contact", words.trim()))
            .help("write how to reach them, or remove the row");
    }
    for (piece, label) in empty_labels(page, &pieces) {
        let words = &piece.words[label.clone()];
        cx.report(Span::new(page.source, piece.source(label.clone())), format!("nothing follows `{words}`"))
            .help("write the value, or remove the label");
    }
}

/// The slots of a piece, in the order of the text.
fn find(piece: &Piece, page: &Page, readers: Readers) -> Vec<Range<usize>> {
    let words = piece.words.as_str();
    let mut found: Vec<Range<usize>> = Vec::new();
    found.extend(hint::find(piece, page, readers));
    if words.contains('[') {
        found.extend(bracket::slots(piece, page, readers));
    }
    if words.contains('<') {
        found.extend(angle::slots(piece, page, readers));
    }
    found.extend(shape::slots(piece, page, readers));
    found.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// The label or header of values that are made up.
static IN_TESTS: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:in tests|test data|fixtures?|mocks?|examples?|samples?)\b"));

/// Whether a label or header announces the form of a value and not a value.
pub(super) fn is_formal(label: &str) -> bool {
    GLOSSARY.is_match(label) || EXPLAINS.is_match(label) || IN_TESTS.is_match(label)
}

/// Whether a range is all of a cell or the whole value of a label.
pub(super) fn is_value(piece: &Piece, range: &Range<usize>) -> bool {
    let at = Position::of(piece, range, true);
    match &piece.block {
        Block::Cell(cell) if cell.in_header || is_formal(cell.header()) => false,
        Block::Cell(cell) if cell.column == 0 && USAGE.is_match(cell.header()) => false,
        Block::Cell(_) if at.alone => true,
        Block::FrontMatter(_) => at.alone,
        // A form: `Date: ____  Signature: ____`.
        _ => {
            at.label.is_some_and(|it| !is_formal(it))
                && (at.ends || at.after.contains("__") || lists_another(at.after) || at.after.contains("  "))
        }
    }
}

/// `[Name], [Phone], [E-mail]`.
fn lists_another(after: &str) -> bool {
    after.starts_with([',', '/', ';', '|']) && after[1..].trim_start().starts_with('[')
}

/// Whether a heading above says that this is a model to copy.
pub(super) fn in_model_section(piece: &Piece, page: &Page) -> bool {
    // The page's own title says nothing about its parts.
    piece.headings(page).any(|it| it.level > 1 && MODEL_SECTION.is_match(&it.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn holes_of_templates() {
        check_rule(
            &RULE,
            "//- a.md\n# Plan of {{ORG_NAME}}\n          ^^^^^^^^^^^^ `{{ORG_NAME}}` is not filled in\n\nOwner: [Owner name]\n       ^^^^^^^^^^^^ `[Owner name]` is not filled in\n\nCall [your manager] at night. See ticket #XXX.\n     ^^^^^^^^^^^^^^ `[your manager]` is not filled in\n                                         ^^^^ `#XXX` is not filled in\n\n| Who | Signed | Date |\n|---|---|---|\n| Ann | ______ | ____ |\n        ^^^^^^ `______` is not filled in\n| [Full name] | yes | YYYY-MM-DD |\n  ^^^^^^^^^^^ `[Full name]` is not filled in\n                      ^^^^^^^^^^ `YYYY-MM-DD` is not filled in\n\n## Impact\n\n_(e.g. lost orders)_\n ^^^^^^^^^^^^^^^^^^ `(e.g. lost orders)` is not filled in\n\n## Picture\n\n[insert the diagram here]\n^^^^^^^^^^^^^^^^^^^^^^^^^ `[insert the diagram here]` is not filled in\n",
        );
    }

    #[test]
    fn what_only_looks_like_a_hole() {
        check_rule(
            &RULE,
            "//- a.md\n# Names\n\n- [x] done\n- [ ] open\n- [Name](a.md), [1], [^1], [RFC 2119], list[Date], [sic], [options]\n- Dates have the format YYYY-MM-DD. The key is `[Name]`, `{{NAME}}`, `____`.\n- `{{path/to}}` and {{ site.title }} and {{#include a.md}}, ${{ SECRET }}\n- Titles look like this: [Service] what is wrong. Branches are named PROJ-XXX.\n- Click [Add User], then press [Enter].\n- A __dunder__ and snake_case___x.\n- **Last update:** [Auto-filled by the harbour bot]\n- Open Settings → [Your berth] → Alarms.\n\n## Synopsis\n\n**moor** [*options*] *berth* [*image*]\n\n> [!NOTE]\n> Text\n\n## Message template\n\nDear [Customer Name], the incident [Incident ID] is over.\n\n[^1]: note\n",
        );
        check_rule(&RULE, "//- templates/a.md\n# [Name]\n\nOwner: [Name]\n");
    }

    #[test]
    fn labels_with_nothing_after_them() {
        check_rule(
            &RULE,
            "//- a.md\n# A\n\n**Owner:**\n  ^^^^^^ nothing follows `Owner:`\n\n## B\n\n- **Team**:\n    ^^^^^^^ nothing follows `Team:`\n- **Pager**: 12\n- Phone:\n  ^^^^^^ nothing follows `Phone:`\n- Fax: 3\n\n**Steps:**\n\n1. do\n\n**One:** 1\n**Two:**\n  ^^^^ nothing follows `Two:`\n**Three:** 3\n\n**Notes:**\n\n```sh\nls\n```\n\n**Options:**\n\n### First\n\nx\n",
        );
    }
}
