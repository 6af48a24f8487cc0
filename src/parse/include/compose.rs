//! A page with the parts that it includes put in.

use std::ops::Range;

use super::directive::{Action, Directive, Selection, directives};
use super::{folder, select, shown_page};
use crate::model::Dialect;
use crate::model::include::{Composition, IncludeProblem, IncludeProblemKind as Problem, Piece};
use crate::model::page::Page;
use crate::model::resolve::join;
use crate::parse::markdown;
use crate::source::{SourceId, Sources, Span, is_markdown};

/// How deep files may include one another; mdBook follows as far.
const DEEPEST: usize = 10;
/// How many directives a page may follow in all: files that include one another twice make many of few.
const MOST_DIRECTIVES: usize = 20_000;
/// How many bytes a page may take from elsewhere.
pub(super) const MOST_TAKEN: usize = 16 * 1024 * 1024;
/// How many bytes may be looked through for them.
pub(super) const MOST_SEEN: usize = 256 * 1024 * 1024;

/// What became of a page.
pub(super) struct Expansion {
    /// None for a page whose text stays what it is.
    pub(super) composition: Option<Composition>,
    /// What was seen only on the way.
    pub(super) problems: Vec<IncludeProblem>,
}

/// Puts a page together; none for one without directives.
pub(super) fn expand(page: &Page, sources: &Sources, dialect: Dialect) -> Option<Expansion> {
    let source = sources.get(page.source);
    let mut reader = Reader::new(sources, page.source);
    let mut replacements: Vec<(Range<usize>, String)> = Vec::new();
    let mut any = false;
    for directive in directives(&source.text) {
        any = true;
        let words = reader.replacement(page.source, &source.text, &directive);
        replacements.extend(words.map(|it| (directive.range, it)));
    }
    if !any {
        return None;
    }
    let composition = (!replacements.is_empty()).then(|| {
        let (text, pieces) = replace(&source.text, &[Piece { start: 0, own: Some(0) }], replacements);
        reader.parts.sort_unstable();
        reader.parts.dedup();
        let shown = shown_page(page, &source.path, &text, dialect);
        Composition::new(shown, text, pieces, reader.parts, reader.title)
    });
    Some(Expansion { composition, problems: reader.problems })
}

/// Puts other words in place of ranges of a composed text; ranges are in order and apart.
pub(super) fn replace(
    text: &str,
    pieces: &[Piece],
    replacements: Vec<(Range<usize>, String)>,
) -> (String, Vec<Piece>) {
    let mut out = String::with_capacity(text.len());
    let mut made: Vec<Piece> = Vec::new();
    let mut at = 0;
    // The pieces that begin in a range of the old text, the first cut to it.
    let copy = |range: Range<usize>, out: &mut String, made: &mut Vec<Piece>| {
        if range.is_empty() {
            return;
        }
        let first = pieces.partition_point(|it| it.start as usize <= range.start).saturating_sub(1);
        for piece in pieces[first..].iter().take_while(|it| (it.start as usize) < range.end) {
            let start = (piece.start as usize).max(range.start);
            let own = piece.own.map(|it| it + (start as u32 - piece.start));
            made.push(Piece { start: (out.len() + start - range.start) as u32, own });
        }
        out.push_str(text.get(range).unwrap_or_default());
    };
    for (range, words) in replacements {
        copy(at..range.start, &mut out, &mut made);
        made.push(Piece { start: out.len() as u32, own: None });
        out.push_str(&words);
        at = range.end;
    }
    copy(at..text.len(), &mut out, &mut made);
    (out, made)
}

/// Follows the directives of one page.
struct Reader<'a> {
    sources: &'a Sources,
    /// The files that are open around, outermost first, each with what is wanted of it as it is written.
    open: Vec<(SourceId, String)>,
    parts: Vec<SourceId>,
    title: Option<String>,
    problems: Vec<IncludeProblem>,
    /// How many directives were followed.
    followed: usize,
    /// How many bytes were taken.
    taken: usize,
    /// How many bytes were looked through.
    seen: usize,
}

impl<'a> Reader<'a> {
    fn new(sources: &'a Sources, page: SourceId) -> Reader<'a> {
        let (parts, problems, open) = (Vec::new(), Vec::new(), vec![(page, String::new())]);
        Reader { sources, open, parts, title: None, problems, followed: 0, taken: 0, seen: 0 }
    }

    /// Appends `text`, with what its directives ask for in their place.
    fn follow(&mut self, within: SourceId, text: &str, out: &mut String) {
        let mut at = 0;
        for directive in directives(text) {
            out.push_str(text.get(at..directive.range.start).unwrap_or_default());
            match self.replacement(within, text, &directive) {
                Some(words) => out.push_str(&words),
                None => out.push_str(text.get(directive.range.clone()).unwrap_or_default()),
            }
            at = directive.range.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
    }

    /// What stands in place of a directive; none for one that stays what it is.
    fn replacement(&mut self, within: SourceId, text: &str, directive: &Directive<'_>) -> Option<String> {
        let path = match directive.action {
            Action::Escaped(words) => return Some(words.to_owned()),
            Action::Title(title) => {
                self.title = Some(title.to_owned());
                return Some(String::new());
            }
            _ => directive.path()?,
        };
        let sources = self.sources;
        let target = join(folder(&sources.get(within).path), path)?;
        let id = sources.id(&target)?;
        let words = text.get(directive.range.clone())?;
        let open = (id, directive.wanted(words).to_owned());
        let file = &*sources.get(id).text;
        self.followed += 1;
        self.seen += file.len();
        let too_much = self.open.len() > DEEPEST
            || self.followed > MOST_DIRECTIVES
            || self.taken > MOST_TAKEN
            || self.seen > MOST_SEEN;
        if too_much || self.open.contains(&open) {
            // Where there is too much of it, once is enough.
            if !too_much {
                self.note(within, words, Problem::Cycle(target));
            } else if !self.problems.iter().any(|it| it.kind == Problem::TooMuch) {
                self.note(within, words, Problem::TooMuch);
            }
            return None;
        }
        let selected = match &directive.action {
            Action::Include { selection, .. } => {
                select::lines(body(file, &target, selection), selection).text
            }
            Action::Rustdoc { selection, .. } => select::rustdoc(file, selection).text,
            Action::Playground { words, .. } => playground(file, words),
            Action::Escaped(_) | Action::Title(_) => return None,
        };
        self.taken += selected.len();
        self.parts.push(id);
        self.open.push(open);
        let mut out = String::with_capacity(selected.len());
        self.follow(id, &selected, &mut out);
        self.open.pop();
        let out = indented(out, text, directive.range.start);
        self.taken += out.len().saturating_sub(selected.len());
        Some(out)
    }

    /// Notes a problem where the words stand in their file.
    fn note(&mut self, within: SourceId, words: &str, kind: Problem) {
        let at = self.sources.get(within).text.find(words).unwrap_or_default();
        let span = Span::new(within, at..at + words.len());
        self.problems.push(IncludeProblem { span, kind });
    }
}

/// A file without what is no part of its content: a byte order mark, and the front matter of a whole document.
fn body<'a>(file: &'a str, path: &str, selection: &Selection<'_>) -> &'a str {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let whole = *selection == Selection::Lines(0..usize::MAX);
    if whole && is_markdown(path) { markdown::body(file) } else { file }
}

/// A file as a block of Rust. The fence is longer than any in the file.
fn playground(file: &str, words: &[&str]) -> String {
    let longest = file.lines().map(|it| it.trim_start().bytes().take_while(|&it| it == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let comma = if words.is_empty() { "" } else { "," };
    let line_end = if file.ends_with('\n') { "" } else { "\n" };
    format!("{fence}rust{comma}{}\n{file}{line_end}{fence}\n", words.join(","))
}

/// The lines of a part with what stands before its directive, where that is white space or the mark of a quote: a
/// part in the block of a list stays there.
fn indented(part: String, text: &str, at: usize) -> String {
    let before = text.get(..at).and_then(|it| it.rsplit('\n').next()).unwrap_or_default();
    if before.is_empty() || before.contains(|c| !matches!(c, ' ' | '\t' | '>')) || !part.contains('\n') {
        return part;
    }
    let lines = part.bytes().filter(|it| *it == b'\n').count();
    if part.len() + lines.saturating_mul(before.len()) > MOST_TAKEN {
        return part;
    }
    let mut lines = part.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(if line.is_empty() { before.trim_end() } else { before });
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The first file put together, and what was noted.
    fn composed(files: &[(&str, &str)]) -> (Option<Composition>, Vec<(String, Problem)>) {
        let sources = Sources::new(files.iter().map(|it| Source::new(it.0, it.1)).collect());
        let id = sources.id(files[0].0).unwrap();
        let page = markdown::parse(id, files[0].0, files[0].1, true);
        let Some(expansion) = expand(&page, &sources, Dialect::MdBook) else { return (None, Vec::new()) };
        let noted = expansion.problems.into_iter().map(|it| {
            let words = format!("{}: {}", sources.path(it.span.source), sources.text(it.span));
            (words, it.kind)
        });
        (expansion.composition, noted.collect())
    }

    fn text(files: &[(&str, &str)]) -> String {
        composed(files).0.map(|it| it.text.to_string()).unwrap_or_default()
    }

    #[test]
    fn parts_stand_in_place_of_their_directives() {
        let page = "# A\n\n{{#include parts/b.md}}\n\n```rust\n{{#rustdoc_include c.rs:2}}\n```\n";
        let files = [
            ("a.md", page),
            ("parts/b.md", "B {{#include ../d.txt:2}}\n"),
            ("c.rs", "x\ny\n"),
            ("d.txt", "1\n2\n"),
        ];
        let (composition, problems) = composed(&files);
        let composition = composition.unwrap();
        assert_eq!(&*composition.text, "# A\n\nB 2\n\n```rust\n# x\ny\n```\n");
        assert!(problems.is_empty());
        assert_eq!(composition.parts.len(), 3);
        assert_eq!(composition.own_place(2), Some(2));
        assert_eq!(composition.own_place(5), None);
        let fence = composition.text.find("```").unwrap() as u32;
        assert_eq!(composition.own_place(fence), Some(page.find("```").unwrap() as u32));
    }

    #[test]
    fn directives_can_be_shown_and_titles_set() {
        let (composition, _) = composed(&[("a.md", "{{#title Tides}}# A\n\n`\\{{#include b}}`\n")]);
        let composition = composition.unwrap();
        assert_eq!(&*composition.text, "# A\n\n`{{#include b}}`\n");
        assert_eq!(composition.page.title, "Tides");
        assert_eq!(text(&[("a.md", "{{#if x}} {{ y }}")]), "");
    }

    #[test]
    fn playgrounds_are_blocks_and_their_fence_is_long_enough() {
        let page = "{{#playground a.rs editable}}\n";
        assert_eq!(text(&[("p.md", page), ("a.rs", "x")]), "```rust,editable\nx\n```\n\n");
        assert!(text(&[("p.md", page), ("a.rs", "/// ```\n```\n")]).starts_with("````rust"));
    }

    #[test]
    fn a_part_in_a_list_or_a_quote_stays_there() {
        let page = "1. x\n\n   ```\n   {{#include b}}\n   ```\n\n> {{#include b}}\n";
        let expected = "1. x\n\n   ```\n   1\n\n   2\n   ```\n\n> 1\n>\n> 2\n";
        assert_eq!(text(&[("a.md", page), ("b", "1\n\n2\n")]), expected);
    }

    #[test]
    fn front_matter_of_a_part_is_not_shown() {
        assert_eq!(text(&[("a.md", "{{#include b.md}}"), ("b.md", "\u{feff}---\ntitle: B\n---\nx\n")]), "x");
    }

    #[test]
    fn cycles_end() {
        let (composition, problems) =
            composed(&[("a.md", "x {{#include b.md}}"), ("b.md", "y {{#include a.md}}")]);
        assert_eq!(&*composition.unwrap().text, "x y {{#include a.md}}");
        assert_eq!(problems, [("b.md: {{#include a.md}}".to_owned(), Problem::Cycle("a.md".to_owned()))]);
        // A part of the page itself that does not hold the directive is no cycle.
        let own = "<!-- ANCHOR: x -->\nebb\n<!-- ANCHOR_END: x -->\n{{#include a.md:x}}\n";
        assert!(composed(&[("a.md", own)]).1.is_empty());
    }

    #[test]
    fn nothing_that_is_half_written_breaks() {
        let whole = "é {{#title x}}\n> {{#include b.md:ä}}\n\\{{#include c}} {{#playground b.md:2 x}}{{ #rustdoc_include b.md:1:9 }}\n- {{#include b.md}}\n";
        let part = "// ANCHOR: ä\nü\n\n{{#include b.md:2}} {{#include a.md}}\n// ANCHOR_END: ä";
        for end in (0..=whole.len()).filter(|it| whole.is_char_boundary(*it)) {
            for cut in (0..=part.len()).filter(|it| part.is_char_boundary(*it)) {
                let (composition, _) = composed(&[("a.md", &whole[..end]), ("b.md", &part[..cut])]);
                let Some(composition) = composition else { continue };
                for at in 0..composition.text.len() as u32 {
                    if let Some(own) = composition.own_place(at) {
                        assert_eq!(composition.text.as_bytes()[at as usize], whole.as_bytes()[own as usize]);
                    }
                }
            }
        }
    }

    #[test]
    fn growth_ends() {
        let names: Vec<String> = (0..12).map(|it| format!("{it}.md")).collect();
        let texts: Vec<String> = (1..13).map(|it| format!("{{{{#include {it}.md}}}}\n").repeat(9)).collect();
        let files: Vec<(&str, &str)> =
            names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let (composition, problems) = composed(&files);
        assert!(composition.unwrap().text.len() < MOST_TAKEN * 2);
        assert!(problems.iter().all(|it| it.1 == Problem::TooMuch) && !problems.is_empty());
    }
}
