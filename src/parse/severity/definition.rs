//! Scales outside Markdown tables: headings, lists, raw HTML tables, and ranges in a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{About, Entry, about, collect, context, entries, label, level};
use crate::model::document::{Kind, NodeId};
use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::model::prose::{Block, HARD_BREAK, Mark, Piece};
use crate::model::severity::{Level, Scale};
use crate::pattern::compiled;
use crate::source::Span;

/// What stands behind a priority of work in a heading.
const WORK: &str = "bugs, tasks, features, fixes, items, incidents, alerts, stories, tickets, improvements";

/// Words that announce a whole range: `4 severity levels (`, `incident severities: `.
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:severit(?:y (?:levels?|scale|classifications?|tiers?|matrix)|ies)|(?:incident|alert|sev) (?:severity )?levels|priority levels)\b(?: (?:are|from|range from|run from|of))?[ ]?(?:[(:\[]|=)?[ ]?$",
    )
});

/// A line that says how fast somebody responds.
static RESPONSE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?:^|[(\n\x{2028}])[ ]?(?:initial |target )?response(?: time)?(?: sla| target)?[ ]?:[ ]?(?P<time>[^\n\x{2028})]{1,60})",
    )
});

/// The words above some levels, and the levels.
type Group = (Vec<String>, Vec<Entry>);

/// The scales outside tables of a page.
pub(super) fn scales(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut scales = headings(page, pieces);
    scales.extend(bold(page, pieces));
    scales.extend(lists(page, pieces));
    scales.extend(html(page, pieces));
    scales.extend(pieces.iter().flat_map(|it| ranges(page, it)));
    scales
}

fn unnamed(page: &Page) -> Level {
    Level { number: 0, span: Span::new(page.source, 0..0), meaning: None, response: None }
}

fn response(words: &str) -> Option<u32> {
    level::seconds(RESPONSE.captures(words)?.name("time")?.as_str())
}

/// Sibling headings that each name a level, below one that announces them.
fn headings(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut groups: BTreeMap<(Option<u32>, u8), Group> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Block::Heading(depth) = piece.block else { continue };
        let Some((mentions, words)) = label(piece, &piece.words) else { continue };
        let last = mentions.last().map_or(0, |it| it.range.end);
        let title = words.split(['(', ':']).next().unwrap_or_default();
        if context::uses(&plain_words(title)) || context::any(&plain_words(&words[last..]), WORK) {
            continue;
        }
        let Some(node) = piece.node else { continue };
        let Kind::Heading(index) = page.document.node(node).kind else { continue };
        let Some(heading) = page.headings.get(index as usize) else { continue };
        let below = pieces[at + 1..].iter().take_while(|it| !matches!(it.block, Block::Heading(_)));
        let level = Level {
            meaning: level::meaning(title).or_else(|| level::meaning(words)),
            response: response(words).or_else(|| below.take(12).find_map(|it| response(&it.words))),
            ..unnamed(page)
        };
        let above = || context::above(page, piece);
        let group = groups.entry((heading.parent, depth)).or_insert_with(|| (above(), Vec::new()));
        group.1.extend(entries(page, piece, &mentions, &level));
    }
    let groups = groups.into_values().filter(|(above, _)| context::announced(above));
    groups.flat_map(|(above, found)| collect(found, true, &about(page, &above, ""))).collect()
}

/// Paragraphs in bold that stand for headings: `**P1 - Critical**`.
fn bold(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut groups: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let start = piece.marks.first().filter(|it| it.0.start == 0 && it.1 == Mark::Strong);
        let (Block::Paragraph, Some((strong, _))) = (&piece.block, start) else { continue };
        let words = piece.words.get(strong.clone()).unwrap_or_default();
        let Some((mentions, words)) = label(piece, words).filter(|it| !context::uses(&plain_words(it.1)))
        else {
            continue;
        };
        let below = pieces[at + 1..].iter().take_while(|it| it.block == Block::Item);
        let level = Level {
            meaning: level::meaning(words),
            response: response(&piece.words).or_else(|| below.take(12).find_map(|it| response(&it.words))),
            ..unnamed(page)
        };
        let group = groups.entry(context::above(page, piece)).or_default();
        group.extend(entries(page, piece, &mentions, &level));
    }
    let groups = groups.into_iter().filter(|(above, _)| context::announced(above));
    groups.flat_map(|(above, found)| collect(found, true, &about(page, &above, ""))).collect()
}

/// The items of a list that each begin with a level, below a heading or after a sentence that announces them.
fn lists(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut groups: BTreeMap<NodeId, Group> = BTreeMap::new();
    let mut seen: Option<NodeId> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let (Block::Item, Some(list), Some(item)) = (&piece.block, piece.list, piece.item) else { continue };
        if seen.is_some_and(|it| item <= it) || piece.task {
            continue;
        }
        seen = Some(item);
        let (words, rest) = item_label(piece);
        let Some((mentions, words)) = label(piece, words) else { continue };
        let entry = groups.entry(list).or_insert_with(|| {
            let mut above = context::above(page, piece);
            // The sentence before the list says more than the heading: "Response times:".
            let lead = at.checked_sub(1).and_then(|it| pieces.get(it));
            let lead = lead.filter(|it| !matches!(it.block, Block::Heading(_) | Block::Code(_)));
            let lead = lead.map(|it| it.words.trim_end()).filter(|it| it.len() < 200);
            above.extend(lead.filter(|it| it.ends_with(':') || piece_is_nested(pieces, at)).map(plain_words));
            (above, Vec::new())
        });
        let below = pieces[at + 1..]
            .iter()
            .take_while(|it| it.item.is_some_and(|it| it > item) && it.list != Some(list));
        let level = Level {
            meaning: level::meaning(words),
            response: response(rest).or_else(|| below.take(6).find_map(|it| response(&it.words))),
            ..unnamed(page)
        };
        entry.1.extend(entries(page, piece, &mentions, &level));
    }
    let groups = groups.into_values().filter(|(above, _)| context::announced(above));
    groups.flat_map(|(above, found)| collect(found, true, &about(page, &above, ""))).collect()
}

/// Whether the piece before this one is the words of the item around its list.
fn piece_is_nested(pieces: &[Piece], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|it| pieces.get(it));
    before.is_some_and(|it| it.block == Block::Item && it.list < pieces[at].list && it.item < pieces[at].list)
}

/// The words of an item before its colon or dash, or those in bold at its start; and what follows.
fn item_label(piece: &Piece) -> (&str, &str) {
    let words = piece.words.as_str();
    let strong = piece.marks.first().filter(|(range, mark)| {
        let before = words.get(..range.start).unwrap_or_default();
        *mark == Mark::Strong && !before.contains(char::is_alphanumeric)
    });
    let stops = [": ", " - ", " – ", " — ", "—", " = ", " → ", "\n"];
    let stop = stops.iter().filter_map(|it| words.find(it)).chain(words.find(HARD_BREAK)).min();
    let colon = words.strip_suffix(':').map(str::len);
    let end = strong.map(|it| it.0.end).or(stop).or(colon).unwrap_or(0);
    (words.get(..end).unwrap_or_default(), words.get(end..).unwrap_or_default())
}

/// The cells of raw HTML tables that hold nothing but a level.
fn html(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut groups: BTreeMap<Vec<String>, Vec<Entry>> = BTreeMap::new();
    for piece in pieces.iter().filter(|it| it.block == Block::Html && it.words.trim().len() < 40) {
        let Some((mentions, words)) = label(piece, &piece.words) else { continue };
        let level = Level { meaning: level::meaning(words), ..unnamed(page) };
        let group = groups.entry(context::above(page, piece)).or_default();
        group.extend(entries(page, piece, &mentions, &level));
    }
    let groups = groups.into_iter().filter(|(above, _)| context::announced(above));
    groups.flat_map(|(above, found)| collect(found, true, &about(page, &above, ""))).collect()
}

/// `4 severity levels (P0-P3)`: a range of three levels or more, named as the whole scale.
fn ranges(page: &Page, piece: &Piece) -> Vec<Scale> {
    if matches!(piece.block, Block::Code(_) | Block::Comment | Block::FrontMatter(_)) {
        return Vec::new();
    }
    let mut scales = Vec::new();
    for mention in level::mentions(&piece.words) {
        let before = piece.words.get(..mention.range.start).unwrap_or_default();
        let from = before.char_indices().rev().nth(60).map_or(0, |it| it.0);
        let whole =
            mention.last.is_some() && *mention.numbers().start() <= 1 && mention.numbers().count() >= 3;
        let above = context::above(page, piece);
        let alone = !before.contains(char::is_alphanumeric) && context::announced(&above);
        if !whole || !alone && !RANGE.is_match(&before[from..]) {
            continue;
        }
        let found = entries(page, piece, std::slice::from_ref(&mention), &unnamed(page));
        let words = plain_words(&piece.words);
        let nearest = above.last().map_or("", String::as_str);
        let incidents = !context::is_foreign(&words) && !context::is_foreign(nearest);
        let about = About { incidents, scope: context::scope(&(above.concat() + &words)) };
        scales.extend(collect(found, true, &about));
    }
    scales
}
