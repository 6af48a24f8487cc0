//! Reads the severity scales that a page defines and the levels that it uses.

mod context;
mod definition;
mod level;
mod table;
mod uses;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::page::Page;
use crate::model::prose::{Piece, pieces};
use crate::model::severity::{Family, Level, PageSeverities, Scale};
use crate::pattern::compiled;
use crate::source::Span;

/// Whether a page can name a level at all.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?-u:\b)(?:[PS][0-5]|(?i:sev(?:erity)?(?:[ -]level)?|priority)[ -]?[0-6])(?-u:\b)")
});

/// The severities of a page; none where it names no level. `text` is the text of its source.
pub(super) fn severities(page: &Page, text: &str) -> Option<PageSeverities> {
    if !ANY.is_match(text) {
        return None;
    }
    let pieces = pieces(page, text);
    let mut scales = table::scales(page, &pieces);
    scales.extend(definition::scales(page, &pieces));
    scales.sort_by_key(|it| (it.span, it.family));
    let uses = uses::uses(page, &pieces, &scales);
    Some(PageSeverities { source: page.source, scales, uses, spelled: spelled(text, &pieces) })
}

/// The families of which a text names three levels or more, or one beside a level of another family.
fn spelled(text: &str, pieces: &[Piece]) -> Vec<Family> {
    let named: BTreeSet<(Family, u8)> = level::mentions(text)
        .iter()
        .flat_map(|it| it.numbers().map(|number| (it.family, number)).collect::<Vec<_>>())
        .collect();
    let families = [Family::P, Family::Sev, Family::S, Family::Priority];
    let often = |family: Family| named.iter().filter(|it| it.0 == family).count() >= 3;
    let translated = |family: Family| {
        pieces.iter().any(|it| {
            let mentions = level::mentions(&it.words);
            mentions.iter().any(|it| it.family == family) && mentions.iter().any(|it| it.family != family)
        })
    };
    families.into_iter().filter(|it| often(*it) || translated(*it)).collect()
}

/// A level with the words that explain it.
struct Entry {
    mention: level::Mention,
    level: Level,
}

/// The levels that stand at the start of a label, and its words. A label may open with what the level means:
/// `Critical (P1)`.
fn label<'a>(piece: &Piece, words: &'a str) -> Option<(Vec<level::Mention>, &'a str)> {
    let found = level::mentions(words);
    let first = found.first()?;
    let before = &words[..first.range.start];
    let plain = before.trim_matches(|it: char| !it.is_alphanumeric());
    let named = level::meaning(plain).is_some() && !plain.contains(' ');
    if !(plain.is_empty() || named || plain.eq_ignore_ascii_case("level")) || piece.words.len() < words.len()
    {
        return None;
    }
    Some((found, words))
}

/// The entries that a label makes: one a level and family.
fn entries(page: &Page, piece: &Piece, mentions: &[level::Mention], level: &Level) -> Vec<Entry> {
    let mut made = Vec::new();
    for mention in mentions {
        let span = Span::new(page.source, piece.source(mention.range.clone()));
        for number in mention.numbers() {
            let level = Level { number, span, ..level.clone() };
            made.push(Entry { mention: mention.clone(), level });
        }
    }
    made
}

/// The scales of some entries, one a family of which there are two levels or more; none of a family that
/// repeats a level, because such a list uses it.
fn collect(entries: Vec<Entry>, complete: bool, about: &About) -> Vec<Scale> {
    let mut scales = Vec::new();
    for family in [Family::P, Family::Sev, Family::S, Family::Priority] {
        let mine = || entries.iter().filter(|it| it.mention.family == family);
        let mut levels: Vec<Level> = mine().map(|it| it.level.clone()).collect();
        let Some(first) = levels.first().map(|it| it.span) else { continue };
        levels.sort_by_key(|it| it.number);
        let count = levels.len();
        levels.dedup_by_key(|it| it.number);
        if levels.len() != count || count < 2 {
            continue;
        }
        let last = levels.last().map_or(0, |it| it.number);
        // A scale with a hole is a list of those levels that matter somewhere.
        let worst = levels.first().map_or(0, |it| it.number);
        if complete && (worst > 1 || usize::from(last - worst) + 1 != count) {
            continue;
        }
        let open = mine().any(|it| it.mention.open && it.level.number == last);
        let (incidents, scope) = (about.incidents, about.scope.clone());
        scales.push(Scale { family, complete, incidents, scope, levels, open, span: first });
    }
    scales
}

/// What a scale is about.
struct About {
    incidents: bool,
    scope: String,
}

/// What the headings above a scale say it is about. `more` are other words that belong to it.
fn about(page: &Page, headings: &[String], more: &str) -> About {
    let all = headings.concat() + more;
    let foreign = context::is_foreign(more) || headings.iter().any(|it| context::is_foreign(it));
    let incidents = context::is_operations(page) || context::is_incident(&all);
    About { incidents: incidents && !foreign, scope: context::scope(&all) }
}

#[cfg(test)]
mod tests;
