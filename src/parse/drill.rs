//! Finds what pages say about drills of the recovery: `**Last DR drill**: 2025-01-10`, `DR drills: quarterly`, "the next
//! drill is on 13 January 2027", and tables with a row a drill.
//!
//! One section makes one [`Drill`] of its labels and sentences. Tests of anything else than recovery say nothing: a
//! label that only says "tested" counts where the page or the heading is about recovery.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use crate::model::date::{Event, StatedDate};
use crate::model::document::{Kind, NodeId};
use crate::model::drill::{Drill, LastDrill};
use crate::model::page::Page;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// What is rehearsed, and how that is called.
const NAME: &str = r"(?:(?:full|dr|bcp?|disaster[ -]recovery|recovery|restore|failover|tabletop|backup|scheduled|planned|complete)[ -]+){0,3}(?:drills?|exercises?|rehearsals?|game[ -]?days?|tests?|tested|testing|restore tests?)(?:[ -]date)?";
/// Bold marks, a colon, the bar of a table, or the verb of a sentence.
const LINK: &str = r"[*_]{0,3}[ \t]*(?::|=|\||(?:is|was|are)(?-u:\b)(?:[ \t]+(?:scheduled|planned|held|conducted|performed|run|due|done|set))?(?:[ \t]+(?:on|in|for|at))?)[*_]{0,3}[ \t]*[*_]{0,3}";

static LAST: LazyLock<Regex> =
    LazyLock::new(|| label(&format!(r"last[ -]+{NAME}(?:[ -](?:performed|completed|run|on))?")));
static NEXT: LazyLock<Regex> = LazyLock::new(|| label(&format!(r"next[ -]+{NAME}")));
static CADENCE: LazyLock<Regex> = LazyLock::new(|| {
    label(&format!(r"{NAME}(?:[ -](?:frequency|cadence|schedule|interval))?|frequency|cadence|interval"))
});

/// A heading, page or label about rehearsing a recovery.
static RECOVERY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?-u:\b)(?:drills?|rehearsals?|game[ -]?days?|dr|disaster|recovery|restore|restoration|failover|backups?|continuity)(?-u:\b)",
    )
});

static DRILL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)(?-u:\b)(?:drills?|rehearsals?|exercises?|game[ -]?days?|tests?|testing|tested)(?-u:\b)")
});

/// A page without these words says nothing about a day.
static DAYS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i-u)\b(?:last|next)\b").expect("the pattern is constant"));

/// What stands where nobody has written the day.
static UNSET: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)^(?:tbd|tba|tbc|todo|none|never|not (?:yet )?(?:tested|performed|conducted|done|run|scheduled)|not yet|pending|unknown|to be \w+|-+|—|–|\?+|_{2,}|\[[^\]]*\]|yyyy-mm-dd)$",
    )
});

fn label(words: &str) -> Regex {
    compiled(&format!(r"(?i)(?:^|[^\w-])(?P<label>{words}){LINK}"))
}

/// What a page says about drills, in the order of the text. `text` is the text of its source.
pub(super) fn drills(page: &Page, text: &str) -> Vec<Drill> {
    if !DAYS.is_match(text) || !DRILL.is_match(text) || !RECOVERY.is_match(text) {
        return Vec::new();
    }
    let mut sections: BTreeMap<usize, Drill> = BTreeMap::new();
    let mut found: Vec<Drill> = Vec::new();
    let document = &page.document;
    let mut next: NodeId = 0;
    while (next as usize) < document.nodes.len() {
        let node = document.node(next);
        match node.kind {
            Kind::Table(_) => {
                found.extend(table(page, next, text));
                next = node.subtree_end;
                continue;
            }
            Kind::CodeBlock(_) | Kind::HtmlBlock => {
                next = node.subtree_end;
                continue;
            }
            Kind::Paragraph => unit(page, text, node.range(), &mut sections),
            Kind::Item => {
                let first = document.children(next).next().map(|it| document.node(it));
                let tight = first.filter(|it| it.kind != Kind::Paragraph);
                if let Some(first) = tight {
                    // Its own line: what is nested comes by itself.
                    let end = text.get(first.start as usize..node.end as usize).unwrap_or_default();
                    let length = end.lines().next().map_or(0, str::len);
                    unit(page, text, first.start as usize..first.start as usize + length, &mut sections);
                }
            }
            _ => {}
        }
        next += 1;
    }
    found.extend(sections.into_values());
    found.retain(|it| it.last.is_some() || it.next.is_some());
    found.sort_by_key(place);
    found
}

fn place(drill: &Drill) -> Option<Span> {
    let last = match &drill.last {
        Some(LastDrill::On(date)) => Some(date.span),
        Some(LastDrill::Unset(span)) => Some(*span),
        None => None,
    };
    last.or(drill.next.as_ref().map(|it| it.span))
}

/// Reads a paragraph or an item into the drill of its section.
fn unit(page: &Page, text: &str, range: Range<usize>, sections: &mut BTreeMap<usize, Drill>) {
    let Some(words) = text.get(range.clone()) else { return };
    let heading = page.heading_path(range.start as u32).last();
    let about = is_about_recovery(page, range.start);
    let key = heading.map_or(0, |it| it.span.start as usize);
    let mut drill = sections.remove(&key).unwrap_or_default();
    for line in lines(words) {
        let own = &words[line.clone()];
        let at = |found: &regex::Captures<'_>| -> Option<Range<usize>> {
            let label = found.name("label")?;
            let named = label.as_str().to_lowercase();
            let is_named = RECOVERY.is_match(&named) || about;
            // "Frequency" alone says of what only its heading.
            let is_drill = DRILL.is_match(&named) || heading.is_some_and(|it| DRILL.is_match(&it.text));
            let end = found.get(0)?.end();
            (is_named && is_drill).then_some(range.start + line.start + end..range.start + line.end)
        };
        if let Some(value) = LAST.captures(own).as_ref().and_then(at) {
            drill.last = drill.last.or_else(|| last(page.source, text, value));
        } else if let Some(value) = NEXT.captures(own).as_ref().and_then(at) {
            drill.next = drill.next.or_else(|| date(page.source, text, value));
        } else if let Some(value) = CADENCE.captures(own).as_ref().and_then(at) {
            drill.cadence = drill.cadence.or_else(|| cadence(page.source, text, value));
        }
    }
    sections.insert(key, drill);
}

/// The lines of a text, and the parts of a line between bars.
fn lines(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    words.split_inclusive(['\n', '|']).map(move |it| {
        let start = at;
        at += it.len();
        start..start + it.trim_end_matches(['\n', '\r', '|']).len()
    })
}

fn is_about_recovery(page: &Page, at: usize) -> bool {
    matches!(page.document_type.as_deref(), Some("dr-plan" | "backup-policy"))
        || page.heading_path(at as u32).any(|it| RECOVERY.is_match(&it.text))
}

/// The value of a range without the marks around it.
fn value(text: &str, range: Range<usize>) -> Option<(Range<usize>, &str)> {
    let words = text.get(range.clone())?;
    let start = range.start + words.len() - words.trim_start_matches([' ', '\t', '*', '_', '`']).len();
    // A blank to fill in is made of the mark of emphasis.
    let start = if words.trim().chars().all(|it| it == '_') { range.start } else { start };
    let words = text.get(start..range.end)?.trim_end_matches([' ', '\t', '*', '`', '.', '|']);
    Some((start..start + words.len(), words))
}

fn date(source: SourceId, text: &str, range: Range<usize>) -> Option<StatedDate> {
    let (range, words) = value(text, range)?;
    let (length, first, last) = dates::date(words)?;
    let span = Span::new(source, range.start..range.start + length);
    Some(StatedDate { event: Event::Drill, span, first, last })
}

fn last(source: SourceId, text: &str, range: Range<usize>) -> Option<LastDrill> {
    if let Some(date) = date(source, text, range.clone()) {
        return Some(LastDrill::On(date));
    }
    let (range, words) = value(text, range)?;
    UNSET.is_match(words).then(|| LastDrill::Unset(Span::new(source, range)))
}

fn cadence(source: SourceId, text: &str, range: Range<usize>) -> Option<(Span, jiff::Span)> {
    let (range, words) = value(text, range)?;
    let period = dates::interval(words)?;
    let length = words.find(['(', ',', ';', '.', '*']).unwrap_or(words.len());
    let words = words.get(..length)?.trim_end();
    Some((Span::new(source, range.start..range.start + words.len()), period))
}

/// A table with a row a drill: columns for how often, the last and the next.
fn table(page: &Page, table: NodeId, text: &str) -> Vec<Drill> {
    let document = &page.document;
    let mut rows = document.children(table);
    let Some(head) = rows.next() else { return Vec::new() };
    let heads: Vec<String> =
        document.children(head).map(|it| document.plain_text(it, text).trim().to_lowercase()).collect();
    let start = document.node(table).start as usize;
    let above = page.heading_path(start as u32).last().is_some_and(|it| DRILL.is_match(&it.text));
    let named = |it: &String| DRILL.is_match(it);
    if !is_about_recovery(page, start) || !(above || heads.iter().any(named)) {
        return Vec::new();
    }
    let is_day = |it: &str, which: &str| {
        it == which
            || it.strip_prefix(which).is_some_and(|rest| {
                DRILL.is_match(rest)
                    || matches!(
                        rest.trim(),
                        "run"
                            | "date"
                            | "due"
                            | "performed"
                            | "completed"
                            | "executed"
                            | "scheduled"
                            | "planned"
                    )
            })
    };
    let (mut often, mut before, mut after) = (None, None, None);
    for (column, head) in heads.iter().enumerate() {
        if is_day(head, "last") {
            before = Some(column);
        } else if is_day(head, "next") {
            after = Some(column);
        } else if head.contains("frequency")
            || head.contains("cadence")
            || head.contains("how often")
            || head == "schedule"
            || head == "interval"
        {
            often = Some(column);
        }
    }
    let mut drills = Vec::new();
    for row in rows {
        let cells: Vec<Range<usize>> =
            document.children(row).map(|it| inside(text, document.node(it).range())).collect();
        let cell = |column: Option<usize>| column.and_then(|it| cells.get(it)).cloned();
        let mut last = cell(before).and_then(|it| last(page.source, text, it));
        // An empty cell has no words of its own: the row's first cell is named.
        if let (None, Some(range), Some(name)) = (&last, cell(before), cells.first())
            && text.get(range).is_some_and(|it| it.trim().is_empty())
            && !name.is_empty()
        {
            last = Some(LastDrill::Unset(Span::new(page.source, name.clone())));
        }
        drills.push(Drill {
            cadence: cell(often).and_then(|it| cadence(page.source, text, it)),
            last,
            next: cell(after).and_then(|it| date(page.source, text, it)),
        });
    }
    drills
}

/// A range without the spaces around its words.
fn inside(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default().trim_matches('|');
    let start = range.start + text.get(range).unwrap_or_default().find(words).unwrap_or(0);
    let lead = words.len() - words.trim_start().len();
    start + lead..start + lead + words.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn found(text: &str) -> Vec<(Option<String>, String, Option<String>)> {
        let page = markdown::parse(SourceId(0), "docs/disaster-recovery.md", text, true);
        let words = |span: Span| text[span.range()].to_owned();
        let drills = drills(&page, text).into_iter().map(|it| {
            let last = match it.last {
                Some(LastDrill::On(date)) => words(date.span),
                Some(LastDrill::Unset(span)) => format!("unset: {}", words(span)),
                None => String::new(),
            };
            (it.cadence.map(|it| words(it.0)), last, it.next.map(|it| words(it.span)))
        });
        drills.collect()
    }

    fn some(words: &str) -> Option<String> {
        Some(words.to_owned())
    }

    #[test]
    fn labels_and_sentences_of_a_section() {
        let text = "# DR\n\n- **DR drills**: Quarterly (Jan, Apr)\n- **Last DR Drill**: 2025-01-10\n- Next drill: Q1 2026\n";
        assert_eq!(found(text), [(some("Quarterly"), "2025-01-10".to_owned(), some("Q1 2026"))]);
        let text =
            "# DR\n\n## Drills\n\n**Frequency**: every 6 months\n\nThe last drill was on 3 May 2026. Well.\n";
        assert_eq!(found(text), [(some("every 6 months"), "3 May 2026".to_owned(), None)]);
        assert_eq!(found("# DR\n\nLast tested: TBD\n"), [(None, "unset: TBD".to_owned(), None)]);
        assert_eq!(found("# Code\n\nLast test: 2020-01-01\n"), []);
        assert_eq!(found("# DR\n\nRestored rows go to the last test table.\n"), []);
    }

    #[test]
    fn rows_of_a_table() {
        let text = "# DR\n\n## Drills\n\n| Drill | Frequency | Last | Next |\n|---|---|---|---|\n| Failover | Quarterly | 2026-01-10 | April 2026 |\n| Restore | Monthly | | |\n";
        assert_eq!(
            found(text),
            [
                (some("Quarterly"), "2026-01-10".to_owned(), some("April 2026")),
                (some("Monthly"), "unset: Restore".to_owned(), None)
            ]
        );
    }
}
