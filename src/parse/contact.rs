//! Reads the sections of a page that say whom to call.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::contact::{ContactEntry, ContactSection, Contacts};
use crate::model::document::{Kind, NodeId};
use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::pattern::compiled;
use crate::source::Span;

/// Words of headings above contacts.
const HEADINGS: [&str; 9] = [
    " contact ",
    " contacts ",
    " escalation ",
    " escalations ",
    " when to escalate ",
    " how to escalate ",
    " who to call ",
    " whom to call ",
    " call tree ",
];

/// An e-mail address, a telephone number, a channel, a handle, an address on the web, a service that calls people.
static REACHABLE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?i)(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        r"|(?P<phone>\+\d[\d ().-]{6,}\d|\(\d{2,5}\)[\d .-]{5,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b0\d{2,4}[ /-]\d[\d -]{4,}\d|\b(?:ext\.?|x)[ ]?\d{3,5}\b)",
        r"|(?:^|[\s(|,:`*\[])(?P<channel>\#[a-z][a-z0-9_-]{2,})",
        r"|(?:^|[\s(|,:`*\[])(?P<handle>@[a-z][\w./-]{2,})",
        r"|(?P<service>\b(?:pagerduty|opsgenie|victorops|splunk on-call|incident\.io|rootly|grafana oncall|squadcast|zenduty|xmatters|firehydrant)\b)",
    ))
});

/// What stands where a contact should.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?i)\b(?:TBD|TBA|TBC|TODO|FIXME|to be (?:determined|defined|announced|confirmed|filled|added|assigned)|not (?:yet )?(?:assigned|defined)|coming soon)\b",
        r"|\+?[\d() -]*X{3,}[\dX() -]*|_{3,}|\?{3}",
        r"|\[[^\]\n]{2,60}\]|<[a-z][^<>\n]{1,40}>|\{\{?[^}\n]{2,40}\}?\}",
        r"|\+?1?[ (.-]*\b555\)?[ .-]\d{3,4}(?:[ .-]\d{4})?|\b\d{3}[ .)-]+555[ .-]\d{4}|\b123[ .-]?456[ .-]?7890\b|\b(?:\+?\d[ .-]?)?000[ .-]?000[ .-]?0000\b",
        r"|[\w.+-]+@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|(?:your-?)?(?:company|domain|organization|org)\.com|yourcompany\.\w+|email\.com)\b",
        r"|\byour[ _-](?:name|team|manager|company|dba|email|phone|contact)\b",
    ))
});

/// The contacts of a page.
pub(super) fn contacts(page: &Page, text: &str) -> Contacts {
    let sections = sections(page, text);
    let named = || REACHABLE.find_iter(text).any(|it| !PLACEHOLDER.is_match(it.as_str()));
    let leads =
        || page.links.iter().any(|it| announces(&plain_words(text.get(it.span.range()).unwrap_or_default())));
    // Only documents of a known kind are asked.
    let asked = page.document_type.is_some();
    let reachable = sections.iter().any(|it| it.reachable) || asked && (leads() || named());
    Contacts { source: page.source, sections, reachable }
}

/// Whether words are about contacts.
fn announces(words: &str) -> bool {
    HEADINGS.iter().any(|it| words.contains(it))
}

/// The contact sections of a page, in the order of the text.
fn sections(page: &Page, text: &str) -> Vec<ContactSection> {
    let mut found: Vec<ContactSection> = Vec::new();
    let mut covered: NodeId = 0;
    for (i, heading) in page.headings.iter().enumerate() {
        // A section inside one that was read is a part of it; a title is no section.
        if heading.node < covered || heading.level == 1 || !announces(&plain_words(&heading.text)) {
            continue;
        }
        let next = page.headings[i + 1..].iter().find(|it| it.level <= heading.level);
        let end = next.map_or(page.document.nodes.len() as NodeId, |it| it.node);
        covered = end;
        let first = page.document.node(heading.node).subtree_end;
        let entries = entries(page, text, first..end);
        let bytes = page.document.node(heading.node).end as usize
            ..next.map_or(text.len(), |it| page.document.node(it.node).start as usize);
        let reachable = entries.iter().any(|it| it.reachable) || is_reachable(page, text, bytes);
        found.push(ContactSection { heading: heading.span, body: first..end, entries, reachable });
    }
    found
}

/// The rows and the innermost items between two nodes.
fn entries(page: &Page, text: &str, nodes: Range<NodeId>) -> Vec<ContactEntry> {
    let mut found = Vec::new();
    let mut after_schema = nodes.start;
    for id in nodes {
        let node = page.document.node(id);
        if matches!(node.kind, Kind::Table(_)) && is_schema(page, text, id) {
            after_schema = node.subtree_end;
        }
        if id < after_schema {
            continue;
        }
        let row = matches!(node.kind, Kind::TableRow);
        let nested =
            || page.document.descendants(id).any(|it| matches!(page.document.node(it).kind, Kind::Item));
        let item = matches!(node.kind, Kind::Item) && !nested();
        if !row && !item {
            continue;
        }
        let span = trimmed(page, text, node.range());
        let reachable = is_reachable(page, text, node.range());
        let empty = || {
            let mut cells = page.document.children(id);
            row && cells.any(|it| !page.document.plain_text(it, text).chars().any(char::is_alphanumeric))
        };
        let words = text.get(span.range()).unwrap_or_default();
        let placeholder = PLACEHOLDER
            .find_iter(words)
            .find(|it| !is_link(page, span.start as usize + it.start()))
            .map(|it| span.slice(trimmed_match(it.as_str(), it.start())))
            .or_else(|| empty().then_some(span));
        found.push(ContactEntry { span, reachable, placeholder });
    }
    found
}

/// Whether a table tells the fields of a record, not people: `Key | Type | Note`.
fn is_schema(page: &Page, text: &str, table: NodeId) -> bool {
    let document = &page.document;
    let Some(head) = document.children(table).next() else { return false };
    let head: Vec<String> =
        document.children(head).map(|it| document.plain_text(it, text).trim().to_lowercase()).collect();
    let named = ["key", "field", "attribute", "column", "property", "parameter", "option", "variable"];
    head.first().is_some_and(|it| named.contains(&it.as_str())) && head.iter().any(|it| it == "type")
}

/// A match without the blanks around it.
fn trimmed_match(words: &str, start: usize) -> Range<usize> {
    let from = start + (words.len() - words.trim_start().len());
    from..from + words.trim().len()
}

/// Whether a place lies in a link.
fn is_link(page: &Page, at: usize) -> bool {
    page.links.iter().any(|it| it.span.range().contains(&at))
}

/// Whether something between these bytes tells how to reach somebody.
fn is_reachable(page: &Page, text: &str, range: Range<usize>) -> bool {
    let words = text.get(range.clone()).unwrap_or_default();
    let dummy: Vec<Range<usize>> = PLACEHOLDER.find_iter(words).map(|it| it.range()).collect();
    let real = |at: Range<usize>| !dummy.iter().any(|it| it.start < at.end && at.start < it.end);
    let named = REACHABLE.find_iter(words).any(|it| real(it.range()));
    let first = page.links.partition_point(|it| (it.span.start as usize) < range.start);
    let mut links = page.links[first..].iter().take_while(|it| (it.span.start as usize) < range.end);
    named
        || links.any(|it| !it.dest.is_empty() && !it.dest.starts_with('#') && !PLACEHOLDER.is_match(&it.dest))
}

/// The bytes of a block without the blanks around it.
fn trimmed(page: &Page, text: &str, range: Range<usize>) -> Span {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    Span::new(page.source, start..start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    type Entry = (bool, Option<String>);

    fn read(text: &str) -> Vec<(bool, Vec<Entry>)> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let entry = |it: &ContactEntry| (it.reachable, it.placeholder.map(|it| text[it.range()].to_owned()));
        sections(&page, text)
            .iter()
            .map(|it| (it.reachable, it.entries.iter().map(entry).collect()))
            .collect()
    }

    #[test]
    fn rows_tell_who_can_be_reached() {
        let found = read(
            "# Plan\n\n## Emergency contacts\n\n| Role | Name | Phone |\n|---|---|---|\n| Lead | Ida Storm | +47 55 90 12 34 |\n\
             | Database | TBD | +1-555-010-0199 |\n| Network | | |\n| Vendor | [Name] | — |\n| Duty | Jo Vik | `#harbour-duty` |\n",
        );
        let words = |it: &str| Some(it.to_owned());
        let rows = &found[0].1;
        assert!(found[0].0);
        assert_eq!(rows[0], (true, None));
        assert_eq!(rows[1], (false, words("TBD")));
        assert_eq!(rows[2], (false, words("| Network | | |")));
        assert_eq!(rows[3], (false, words("[Name]")));
        assert_eq!(rows[4], (true, None));
    }

    #[test]
    fn items_prose_and_links_count() {
        let found = read(
            "# P\n\n## Escalation\n\n- First: duty@skerrygate.no\n- Then: your manager\n\n## Escalation path\n\nSee [the rota](rota.md).\n",
        );
        assert_eq!(found[0].1, [(true, None), (false, Some("your manager".into()))]);
        assert!(found[1].0);
        assert!(!read("# P\n\n## When to escalate\n\nAfter thirty minutes call somebody.\n")[0].0);
        assert!(read("# P\n\n## Contacts\n\nThe team is on PagerDuty.\n")[0].0);
    }

    #[test]
    fn the_fields_of_a_record_are_nobody() {
        let found = read(
            "# P\n\n## Contacts table\n\n| Key | Type | Note |\n|---|---|---|\n| email | string | . |\n\n- Jo Vik\n",
        );
        assert_eq!(found[0].1, [(false, None)]);
    }

    #[test]
    fn dates_are_no_telephone_numbers() {
        assert!(!read("# P\n\n## Contacts\n\n- checked on 2026-02-03 at 10.20.30.40\n")[0].0);
    }
}
