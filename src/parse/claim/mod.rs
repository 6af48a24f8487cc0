//! Finds sentences, items and cells that claim something docwright can count.
//!
//! Precision before recall: questions, requirements, goals, instructions, unticked boxes, quotes and negations
//! are no claims; `guard` tells. What is claimed is told by `patterns`.

mod guard;
mod patterns;

use std::ops::Range;

use crate::model::claim::Claim;
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::source::Span;

/// The claims of a page in their order. `text` is the text of its source.
pub(super) fn claims(page: &Page, path: &str, text: &str) -> Vec<Claim> {
    // Only a few pages claim anything: look for the words before taking the page apart.
    if !patterns::may_claim(text) || guard::is_about_rules(path, &page.title) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut quoted_until = 0;
    let mut row = guard::Mark::None;
    // What the items and tasks around a node say, by where their subtrees end.
    let mut marks: Vec<(NodeId, guard::Mark)> = Vec::new();
    for (index, node) in page.document.nodes.iter().enumerate() {
        let id = index as NodeId;
        marks.retain(|&(end, _)| end > id);
        match node.kind {
            Kind::BlockQuote(None) => quoted_until = quoted_until.max(node.subtree_end),
            Kind::TableRow => {
                row = guard::row_mark(text.get(node.range()).unwrap_or_default());
                continue;
            }
            Kind::TaskMarker(done) => {
                let end = page.document.nodes.get(index - 1).map_or(id, |it| it.subtree_end);
                marks.push((end, if done { guard::Mark::Done } else { guard::Mark::Open }));
            }
            _ => {}
        }
        if id < quoted_until {
            continue;
        }
        let in_row = match node.kind {
            Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::DefinitionDetails => guard::Mark::None,
            Kind::TableCell => row,
            _ => continue,
        };
        let words = Words::new(page, id, text);
        let mark = marks.iter().map(|it| it.1).find(|it| *it != guard::Mark::None).unwrap_or(in_row);
        let task = match page.document.children(id).next().map(|it| &page.document.node(it).kind) {
            Some(Kind::TaskMarker(true)) => guard::Mark::Done,
            Some(Kind::TaskMarker(false)) => guard::Mark::Open,
            _ => mark,
        };
        for sentence in sentences(&words.plain) {
            let said = &words.plain[sentence.clone()];
            for hit in patterns::find(said) {
                let headings: Vec<&str> = page.heading_path(node.start).map(|it| it.text.as_str()).collect();
                if !guard::is_claim(said, hit.range.clone(), task, &headings) {
                    continue;
                }
                let Some(range) =
                    words.place(sentence.start + hit.range.start..sentence.start + hit.range.end)
                else {
                    continue;
                };
                let wide = patterns::is_wide(said, hit.subject);
                claims.push(Claim { span: Span::new(page.source, range), subject: hit.subject, wide });
            }
        }
    }
    claims.sort_by_key(|it| it.span);
    claims.dedup_by(|later, first| first.span.contains(later.span));
    claims
}

/// The plain words of a block with the places they came from.
struct Words {
    plain: String,
    /// Where in `plain` a piece begins, where it stands in the source, and whether it is letter by letter the same.
    pieces: Vec<(usize, Range<usize>, bool)>,
}

impl Words {
    /// The inlines directly in a node, nested blocks left out. Code becomes one character that no pattern knows.
    fn new(page: &Page, id: NodeId, text: &str) -> Words {
        let mut words = Words { plain: String::new(), pieces: Vec::new() };
        let document = &page.document;
        let mut next = id + 1;
        while next < document.node(id).subtree_end {
            let node = document.node(next);
            let exact = matches!(node.kind, Kind::Text(None));
            let piece = match &node.kind {
                Kind::Text(None) => text.get(node.range()).unwrap_or_default(),
                Kind::Text(Some(own)) => own,
                Kind::Code(_) => "\u{fffc}",
                Kind::SoftBreak | Kind::HardBreak => " ",
                Kind::Emphasis | Kind::Strong | Kind::Link(_) | Kind::TaskMarker(_) => "",
                // Nested blocks, images, struck out words and HTML are not part of the sentence.
                _ => {
                    next = node.subtree_end.max(next + 1);
                    continue;
                }
            };
            if !piece.is_empty() {
                words.pieces.push((words.plain.len(), node.range(), exact));
                words.plain.push_str(piece);
            }
            next += 1;
        }
        words
    }

    /// The bytes of the source that a part of the plain words came from.
    fn place(&self, range: Range<usize>) -> Option<Range<usize>> {
        let piece = |at: usize| self.pieces.get(self.pieces.partition_point(|it| it.0 <= at).checked_sub(1)?);
        let first = piece(range.start)?;
        let last = piece(range.end.checked_sub(1)?)?;
        let start = if first.2 { first.1.start + range.start - first.0 } else { first.1.start };
        let end = if last.2 { last.1.start + range.end - last.0 } else { last.1.end };
        (start < end).then_some(start..end)
    }
}

/// The sentences of a block: up to a full stop, question or exclamation mark before a space, or a semicolon.
fn sentences(plain: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = plain.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let space = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == ';' || (matches!(c, '.' | '!' | '?') && space) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < plain.len() {
        sentences.push(start..plain.len());
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::claim::Subject;
    use crate::parse::markdown;
    use crate::source::SourceId;

    fn said(text: &str) -> Vec<String> {
        let page = markdown::parse(SourceId(0), "docs/report.md", text, true);
        claims(&page, "docs/report.md", text).iter().map(|it| text[it.span.range()].to_owned()).collect()
    }

    #[test]
    fn claims_of_sentences_items_and_cells() {
        for (text, words) in [
            ("- ✅ No placeholders or TODOs\n", "No placeholders or TODOs"),
            ("- Everything is there (no placeholders)\n", "no placeholders"),
            ("- [x] All links are working\n", "All links are working"),
            ("- ✅ All file\n  references are correct\n", "All file\n  references are correct"),
            (
                "✅ **Scripts Tested**:\n- All scripts are executable (`chmod +x`)\n",
                "All scripts are executable",
            ),
            ("We are done: all commands have been tested.\n", "all commands have been tested"),
            ("- ✅ All API endpoints documented\n", "All API endpoints documented"),
            ("**Documentation Coverage**: 100%\n", "Documentation Coverage**: 100%"),
            ("- **Documentation Coverage**: 0% → 100%\n", "Documentation Coverage**: 0% → 100%"),
            ("- **API Documentation**: 100% coverage in 3.0\n", "API Documentation**: 100% coverage"),
            (
                "**Status**: Complete documentation coverage for all systems\n",
                "Complete documentation coverage",
            ),
            ("- **Endpoints Documented**: 50+ (core)\n", "Endpoints Documented**: 50+"),
            ("- **Total Routes in System**: 159\n", "Total Routes in System**: 159"),
            ("The guide covers 159+ API endpoints documented in full.\n", "159+ API endpoints documented"),
            ("| Check | Result |\n|---|---|\n| No broken links | ✅ |\n", "No broken links"),
        ] {
            assert_eq!(said(text), [words], "{text}");
        }
    }

    #[test]
    fn what_claims_nothing() {
        for text in [
            "Are all links working?\n",
            "All links must be verified before a release.\n",
            "Documents must have no placeholders.\n",
            "Make sure all commands are tested. Verify all links are valid.\n",
            "- [ ] All commands tested\n- [ ] No placeholders\n",
            "- ❌ All links verified\n",
            "## Definition of done\n\n- All API endpoints documented\n- No placeholders or TODOs\n",
            "Not all links are correct. All links are not verified yet.\n",
            "> All commands tested\n",
            "The report said \"all commands tested\" and was wrong.\n",
            "```\nall commands tested\n```\n",
            "Goal: 100% API coverage\n",
            "The linter checks that all links are valid.\n",
            "| Check | Result |\n|---|---|\n| No broken links | Pending |\n",
            "No TODO comments in code. No placeholder image is shown.\n",
            "If all commands are tested, continue.\n",
            "- 50/159 endpoints documented (31%), 50 of 159 endpoints documented\n",
            "## Changelog\n\n### 2026-01-02\n\n- ✅ 74 endpoints documented\n",
            "- 90-100: excellent (complete, no broken links)\n",
            "Give real values; use concrete ones (no placeholders).\n",
            "The build passes (no broken links). No placeholders or destructive steps remain.\n",
            "- 12 endpoints need work\n- ~~All links verified~~\n",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn numbers_and_reach() {
        let text = "All 1,590 endpoints are documented. No placeholders.\n";
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let claims = claims(&page, "a.md", text);
        assert_eq!(claims[0].subject, Subject::EndpointsDocumented { count: 1590 });
        assert_eq!(claims.iter().map(|it| it.wide).collect::<Vec<_>>(), [true, false]);
    }
}
