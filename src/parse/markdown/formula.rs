//! Formulas among words: `$…$` as the parser finds them, `\\(…\\)` and `\\[…\\]` as books of mdBook write them.
//!
//! A dollar stands for shell variables and prices far more often: those that are no marks are hidden from the parser,
//! behind a character that takes as much room, so that every byte keeps its place and what stands around them is read
//! as ever.
//!
//! To Markdown `\\(` is an escaped backslash, and what follows is words with emphasis and escapes of their own. So
//! whatever the parser finds between the marks is left out, and the formula is read off the text, its escapes taken
//! back as mdBook takes them back.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::builder::Builder;
use crate::model::document::Kind;
use crate::model::formula::Formula;

/// Takes the place of a dollar that is no mark.
const HIDDEN: char = '\u{1}';

/// How far before a dollar the beginning of its address is looked for, in bytes.
const LONGEST_ADDRESS: usize = 512;

/// Longer formulas are not looked for, in bytes.
const LONGEST: usize = 16 * 1024;

impl Builder<'_> {
    pub(super) fn formula(&mut self, latex: &str, range: Range<usize>, display: bool) {
        self.flush();
        let index = self.page.formulas.len() as u32;
        let node = self.push(Kind::Math(index), range.clone());
        let (span, latex) = (self.span(range), latex.trim().to_owned());
        self.page.formulas.push(Formula { node, span, latex, display, mathml: None });
    }
}

/// The text with the dollars hidden that are no marks; none where there are no such dollars, or where they cannot be
/// hidden.
///
/// A dollar opens a formula where it stands neither behind a letter, a digit or another sign of a shell nor before a
/// blank, and closes one where that holds the other way round: `$HOME/$USER`, `$5-$10` and `${A}-${B}` have no formula.
pub(super) fn hide_dollars(text: &str) -> Option<String> {
    if !text.contains('$') || text.contains(HIDDEN) {
        return None;
    }
    let mut hidden: Vec<usize> = Vec::new();
    let (mut single, mut double): (Option<usize>, Option<usize>) = (None, None);
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|it| it.find(['$', '\n'])) {
        at += next;
        let rest = &text[at..];
        let length = rest.bytes().take_while(|it| *it == b'$').count();
        if length == 0 {
            // A formula does not go on behind an empty line.
            let line = rest[1..].split('\n').next().unwrap_or_default();
            if line.trim().is_empty() {
                hidden.extend(single.take());
                hidden.extend(double.take().into_iter().flat_map(|it| [it, it + 1]));
            }
            at += 1;
            continue;
        }
        if text[..at].bytes().rev().take_while(|it| *it == b'\\').count() % 2 == 1 {
            at += 1;
            continue;
        }
        match (length, double) {
            _ if is_address(text, at) => {}
            (2, Some(open)) => {
                if is_prose(&text[open + 2..at]) {
                    hidden.extend([open, open + 1, at, at + 1]);
                }
                double = None;
            }
            (2, None) => {
                hidden.extend(single.take());
                double = Some(at);
            }
            // It belongs to the formula around it.
            (1, Some(_)) => {}
            (1, None) => {
                let (opens, closes) = sides(text, at);
                match single.take() {
                    Some(open) if closes && !is_prose(&text[open + 1..at]) => {}
                    before if opens => {
                        hidden.extend(before);
                        single = Some(at);
                    }
                    before if closes => hidden.extend(before.into_iter().chain([at])),
                    before => {
                        single = before;
                        hidden.push(at);
                    }
                }
            }
            _ => hidden.extend(at..at + length),
        }
        at += length;
    }
    hidden.extend(single);
    hidden.extend(double.into_iter().flat_map(|it| [it, it + 1]));
    if hidden.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    hidden.into_iter().for_each(|it| bytes[it] = HIDDEN as u8);
    String::from_utf8(bytes).ok()
}

/// Whether a byte belongs to the destination of a link, where the stand-in must not be.
fn is_address(text: &str, at: usize) -> bool {
    let mut start = at.saturating_sub(LONGEST_ADDRESS);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = text[start..at].rsplit('\n').next().unwrap_or_default();
    let open = |mark: &str, ends: &[char]| before.rfind(mark).is_some_and(|it| !before[it..].contains(ends));
    open("](", &[')'])
        || open("<", &['>', ' '])
        || (before.trim_start().starts_with('[') && before.contains("]:"))
}

/// Whether a dollar may open a formula, and whether it may close one.
fn sides(text: &str, at: usize) -> (bool, bool) {
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    let after = text.get(at + 1..).and_then(|it| it.chars().next());
    let joins = |it: char| it.is_alphanumeric() || it == '_';
    let opens = !before.is_some_and(joins) && after.is_some_and(|it| !it.is_whitespace());
    let closes = before.is_some_and(|it| !it.is_whitespace())
        && !after.is_some_and(|it| joins(it) || matches!(it, '{' | '('));
    (opens, closes)
}

/// Whether what stands between two dollars is prose: words, and nothing that a formula is made with.
fn is_prose(between: &str) -> bool {
    let words = between.split(|it: char| !it.is_alphanumeric()).filter(|it| it.len() > 2).count();
    between.trim().is_empty()
        || (words > 0
            && between.contains(' ')
            && !between.contains(['\\', '^', '_', '=', '<', '>', '+', '*', '|']))
}

/// An event with the hidden dollars shown.
pub(super) fn show_dollars(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(it) => Event::Text(shown(it)),
        Event::Code(it) => Event::Code(shown(it)),
        Event::InlineMath(it) => Event::InlineMath(shown(it)),
        Event::DisplayMath(it) => Event::DisplayMath(shown(it)),
        Event::FootnoteReference(it) => Event::FootnoteReference(shown(it)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: shown(dest_url), title: shown(title), id: shown(id) }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: shown(dest_url), title: shown(title), id: shown(id) }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(it)) => Tag::CodeBlock(CodeBlockKind::Fenced(shown(it))),
            Tag::FootnoteDefinition(it) => Tag::FootnoteDefinition(shown(it)),
            tag => tag,
        }),
        event => event,
    }
}

/// Words with the hidden dollars shown.
pub(super) fn shown(words: CowStr<'_>) -> CowStr<'_> {
    if words.contains(HIDDEN) { words.replace(HIDDEN, "$").into() } else { words }
}

/// Takes formulas in brackets out of the parser's events.
pub(super) struct Brackets<'a> {
    text: &'a str,
    on: bool,
    /// The end of the formula that was found last.
    end: usize,
    /// For each element that is open, whether it began inside a formula, and where the block around it ends.
    open: Vec<(bool, usize)>,
    in_code: bool,
    /// Up to where no mark closes a formula in the line, and one on a line of its own.
    searched: [usize; 2],
}

impl<'a> Brackets<'a> {
    pub(super) fn new(text: &'a str, on: bool) -> Brackets<'a> {
        let on = on && (text.contains(r"\\(") || text.contains(r"\\["));
        Brackets { text, on, end: 0, open: Vec::new(), in_code: false, searched: [0; 2] }
    }

    /// Hands an event on, unless it belongs to a formula.
    pub(super) fn event(&mut self, builder: &mut Builder<'_>, event: Event<'_>, range: Range<usize>) {
        if !self.on {
            return builder.event(event, range);
        }
        let inside = range.start < self.end;
        match &event {
            Event::Start(tag) => {
                let inline = matches!(
                    tag,
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
                );
                let end = self.open.last().map(|it| it.1).filter(|_| inline).unwrap_or(range.end);
                self.open.push((inside, end));
                self.in_code |= matches!(tag, Tag::CodeBlock(_));
                if inside {
                    return;
                }
            }
            Event::End(_) => {
                self.in_code = false;
                if self.open.pop().is_some_and(|it| it.0) {
                    return;
                }
            }
            Event::Text(_) if inside => return self.rest(builder, range.end),
            _ if inside => return,
            Event::Text(_) if !self.in_code => {
                if let Some((formula, latex, display)) = self.formula(range.start) {
                    self.end = formula.end;
                    builder.formula(&latex, formula, display);
                    return self.rest(builder, range.end);
                }
            }
            _ => {}
        }
        builder.event(event, range);
    }

    /// The words behind a formula in the event that closes it.
    fn rest(&self, builder: &mut Builder<'_>, end: usize) {
        if let Some(words) = self.text.get(self.end..end).filter(|it| !it.is_empty()) {
            builder.event(Event::Text(words.into()), self.end..end);
        }
    }

    /// The formula whose mark has its second backslash here.
    fn formula(&mut self, at: usize) -> Option<(Range<usize>, String, bool)> {
        let start = at.checked_sub(1)?;
        let display = match self.text.get(start..at + 2)? {
            r"\\(" => false,
            r"\\[" => true,
            _ => return None,
        };
        let block = self.open.last().map_or(self.text.len(), |it| it.1);
        let mut block = block.min(at + LONGEST);
        while !self.text.is_char_boundary(block) {
            block -= 1;
        }
        let searched = &mut self.searched[usize::from(display)];
        let from = (at + 2).max(*searched);
        let mark = if display { r"\\]" } else { r"\\)" };
        let Some(length) = self.text.get(from..block).and_then(|it| it.find(mark)) else {
            // A mark may begin with the last bytes.
            *searched = block.saturating_sub(mark.len()).max(*searched);
            while !self.text.is_char_boundary(*searched) {
                *searched -= 1;
            }
            return None;
        };
        let close = from + length;
        let inside = self.text.get(at + 2..close)?;
        Some((start..close + mark.len(), unescape(inside), display))
    }
}

/// Takes the escapes of Markdown back: a backslash before punctuation stands for that.
fn unescape(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && next.is_ascii_punctuation()) {
            Some(escaped) => plain.push(escaped),
            None => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use crate::model::document::Kind;
    use crate::model::formula::MathSyntax;
    use crate::model::page::Page;
    use crate::parse::markdown::parse_with;
    use crate::source::SourceId;

    fn page(text: &str) -> Page {
        parse_with(SourceId(0), "a.md", text, true, MathSyntax { dollars: true, brackets: true })
    }

    fn found(text: &str) -> Vec<(String, &str)> {
        let page = page(text);
        let slice =
            |it: &crate::model::formula::Formula| (it.latex.clone(), text.get(it.span.range()).unwrap());
        page.formulas.iter().map(slice).collect()
    }

    #[test]
    fn formulas_stand_where_they_are_written() {
        let one = |latex: &str, written| vec![(latex.to_owned(), written)];
        assert_eq!(found("It is $a_1 + b_2$, then.\n"), one("a_1 + b_2", "$a_1 + b_2$"));
        assert_eq!(found("$$\n\\frac{a}{b}\n$$\n"), one("\\frac{a}{b}", "$$\n\\frac{a}{b}\n$$"));
        assert_eq!(found("- Low \\\\(x^* + y^*\\\\) end\n"), one("x^* + y^*", "\\\\(x^* + y^*\\\\)"));
        assert_eq!(
            found("\\\\[ a \\\\\\\\ \\{b\\_c\\} \\\\]"),
            one("a \\\\ {b_c}", "\\\\[ a \\\\\\\\ \\{b\\_c\\} \\\\]")
        );
        assert_eq!(found("x \\\\(*a\\\\) and \\\\(b*\\\\) y").len(), 2);
    }

    #[test]
    fn shells_and_prices_are_no_formulas() {
        for text in [
            "Set $HOME and $PATH.",
            "Copy $HOME/$USER there.",
            "It costs $5 to $10, or $5-$10.",
            "From $5/month up to $9/month.",
            "Join ${A}$B and ${A}-${B}.",
            "Say $(date) and $(id).",
            "Give `$1` and `$2`, or \"$1\" and \"$2\".",
            "US$5 and A$7.",
            "Escaped \\$x\\$ here.",
            "Alone \\\\( here, \\\\[ there.",
            "Set $HOME and copy `$PATH`, or `$A` and `$B`.",
            "Kill $$ and wait for $$.",
            "Between $5 and 10$ a day.",
            "Opened $x\n\nand closed y$.",
            "$$$",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn marks_without_end_end() {
        for mark in ["\\\\(x ", "\\\\[é", "$x ", "x$ ", "$$ a ", "[a]($ ", "*\\\\(a* ", "\\$", "<$"] {
            let text = mark.repeat(10_000);
            assert!(page(&text).formulas.len() <= 10_000, "{mark}");
        }
    }

    #[test]
    fn formulas_stand_beside_what_is_none() {
        let text = "From $5-$10 and $HOME, `$A` [$B]($C \"$D\") <https://e.example/$E> to \\\\(x\\\\) **$e$**.\n\n```sh\necho $F\n```\n";
        let page = page(text);
        assert_eq!(
            page.document.plain_text(0, text),
            "From $5-$10 and $HOME, $A $B https://e.example/$E to x e."
        );
        let said: Vec<&str> = page.formulas.iter().map(|it| it.latex.as_str()).collect();
        assert_eq!(said, ["x", "e"]);
        assert_eq!((page.links[0].dest.as_str(), page.links[0].title.as_str()), ("$C", "$D"));
        assert_eq!(page.code(&page.code_blocks[0], text), "echo $F\n");
        let own = page.document.nodes.iter().filter(|it| matches!(it.kind, Kind::Text(Some(_))));
        assert_eq!(own.count(), 0, "words stay those of the text");
    }
}
