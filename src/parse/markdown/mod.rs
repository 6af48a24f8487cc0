//! Markdown → [`Page`]: pulldown-cmark's events become a tree of spans, with lists of what rules ask for.
//!
//! Traps of the parser that are handled here, each with a test: `{id}` at the end of a heading is text unless
//! it is an attribute list; an address in angle brackets has no `mailto:`; text comes in pieces; raw HTML comes
//! by the line; bare URLs are links on every site that shows Markdown.

mod anchors;
mod builder;
mod container;
mod fence;
mod formula;
mod front_matter;
mod generated;
mod html;
mod items;
mod links;
pub(super) mod mdbook;
mod steps;
#[cfg(test)]
mod tests;

use pulldown_cmark::{BrokenLink, LinkType, Options, Parser};

use self::builder::Builder;
pub use self::container::{Container, container};
use self::formula::{Brackets, hide_dollars, show_dollars, shown};
use crate::model::formula::MathSyntax;
use crate::model::page::{Page, UndefinedReference};
use crate::source::{SourceId, Span};

/// The extensions that GitHub's renderer understands, and definition lists.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Parses one document in which only fences are formulas; see [`parse_with`].
pub fn parse(source: SourceId, path: &str, text: &str, in_book: bool) -> Page {
    parse_with(source, path, text, in_book, MathSyntax::default())
}

/// Parses one document. Never fails: any text is Markdown. `path` gives the title of a page that has none.
pub fn parse_with(source: SourceId, path: &str, text: &str, in_book: bool, math: MathSyntax) -> Page {
    let front_matter = front_matter::parse(source, text);
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = front_matter.as_ref().map_or(bom, |it| it.span.end as usize);

    let mut builder = Builder::new(source, text);
    let mut undefined = Vec::new();
    let mut note_undefined = |link: BrokenLink<'_>| {
        // `[label]` alone is text with brackets; so is `[x][ ]`, and a task or a footnote.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            let label = shown(link.reference).to_string();
            let span = Span::new(source, link.span.start + start..link.span.end + start);
            // `grid[i][j]` is code that lost its backticks.
            let before = text.get(..span.start as usize).and_then(|it| it.chars().next_back());
            let index = before.is_some_and(|it| it.is_alphanumeric() || matches!(it, ']' | ')' | '_'));
            // Rustdoc defines `[x][crate::y]` itself.
            let known = label.starts_with('^') || label.contains("::");
            let words = text.get(span.range()).unwrap_or_default();
            let named = label.chars().any(char::is_alphanumeric) && !is_notation(words);
            if named && !known && !index && !is_tags(text, span, words) && !is_synopsis(text, span) {
                undefined.push(UndefinedReference { label, span });
            }
        }
        None
    };
    let items = container::as_items(&text[start..]);
    let words = items.as_deref().unwrap_or(&text[start..]);
    let hidden = if math.dollars { hide_dollars(words) } else { None };
    let words = hidden.as_deref().unwrap_or(words);
    let options = if math.dollars { OPTIONS | Options::ENABLE_MATH } else { OPTIONS };
    let parser = Parser::new_with_broken_link_callback(words, options, Some(&mut note_undefined));
    for (label, definition) in parser.reference_definitions().iter() {
        let range = definition.span.start + start..definition.span.end + start;
        let title = definition.title.clone().map(shown);
        builder.definition(&shown(label.into()), &shown(definition.dest.clone()), title.as_deref(), range);
    }
    let mut brackets = Brackets::new(text, math.brackets);
    for (event, range) in parser.into_offset_iter() {
        let event = if hidden.is_some() { show_dollars(event) } else { event };
        brackets.event(&mut builder, event, range.start + start..range.end + start);
    }
    let mut page = builder.finish();
    generated::read(&mut page, text);
    steps::read(&mut page);
    undefined.sort_by_key(|it| it.span);
    undefined.dedup();
    page.undefined_references = undefined;
    page.math = math;
    page.in_book = in_book;
    page.title = front_matter
        .as_ref()
        .and_then(|it| it.get(text, "title"))
        .or_else(|| page.headings.iter().find(|it| it.level == 1).map(|it| it.text.clone()))
        .or_else(|| page.headings.first().map(|it| it.text.clone()))
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| title_from_path(path));
    page.front_matter = front_matter;
    page
}

/// A document without its front matter.
pub(super) fn body(text: &str) -> &str {
    let end = front_matter::parse(SourceId(0), text).map_or(0, |it| it.span.end as usize);
    text.get(end..).unwrap_or_default()
}

/// Whether brackets hold a sign and stand for what may be left out: `[@][low:]high`.
fn is_notation(words: &str) -> bool {
    let first = words.split_once("][").map(|it| it.0.trim_start_matches(['!', '[']));
    first.is_some_and(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_punctuation()))
}

/// How far around a pair of brackets their row is looked for, in bytes.
const ROW: usize = 200;

/// Whether brackets stand in a row of them as a synopsis has them: with the sign between two values,
/// `[berth][,tide][,crew]`, or four and more, `[berth][tide][crew][pilot]`.
fn is_synopsis(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let bytes = text.as_bytes();
    let before = bytes[start.saturating_sub(ROW)..start].iter().rev();
    let from = start - before.take_while(|it| !it.is_ascii_whitespace()).count();
    let to = end + bytes[end..].iter().take(ROW).take_while(|it| !it.is_ascii_whitespace()).count();
    let row = &bytes[from..to];
    let pairs = |first: u8, second: &[u8]| {
        row.windows(2).filter(|it| it[0] == first && second.contains(&it[1])).count()
    };
    pairs(b'[', b",;|") > 0 || pairs(b']', b"[") >= 3
}

/// Whether `[x][y]` are two remarks in a row, as changelogs have them: numbers, hashes of commits, or single words
/// that begin a line, `[tide][ebb] Sail later`.
fn is_tags(text: &str, span: Span, words: &str) -> bool {
    let Some((first, second)) = words.trim_end_matches(']').split_once("][") else { return false };
    let first = first.trim_start_matches(['!', '[']);
    let number = |it: &str| {
        let digits = it.trim_start_matches(['#', '!']);
        digits.len() < it.len() && digits.chars().all(|c| c.is_ascii_digit())
    };
    let hash = |it: &str| {
        (6..=40).contains(&it.len())
            && it.chars().all(|c| c.is_ascii_hexdigit())
            && it.chars().any(|c| c.is_ascii_digit())
    };
    if (number(first) && number(second)) || (hash(first) && hash(second)) {
        return true;
    }
    let before = text.get(..span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_matches([' ', '\t', '-', '*', '+', '>']);
    let after = text.get(span.end as usize..).unwrap_or_default();
    let goes_on = after.strip_prefix(' ').is_some_and(|it| it.starts_with(|c: char| c.is_uppercase()));
    let word = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
    line.is_empty() && goes_on && first != second && word(first) && word(second)
}

/// `runbooks/high-latency.md` → `High latency`; `docs/README.md` → `Docs`.
pub fn title_from_path(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts = stem.rsplit('/');
    let mut name = parts.next().unwrap_or(stem);
    if matches!(name.to_ascii_lowercase().as_str(), "readme" | "index" | "_index") {
        name = parts.next().unwrap_or("Home");
    }
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

/// The id of a footnote's definition on the site.
pub fn footnote_anchor(label: &str) -> String {
    format!("fn-{}", anchors::slug(label))
}
