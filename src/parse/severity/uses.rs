//! Levels that a page uses to say how bad an incident is.

use super::{context, level};
use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};
use crate::model::severity::{Family, LevelUse, Scale};
use crate::source::Span;

/// What may stand behind a priority of work: `a P1 bug`.
const WORK: &str = "bug, bugs, feature, features, task, tasks, ticket, tickets, item, items, story, stories, \
    requirement, requirements, test, tests, fix, fixes";

/// Every use on a page, in order. A priority needs words about incidents around it; a severity is one by itself.
pub(super) fn uses(page: &Page, pieces: &[Piece], scales: &[Scale]) -> Vec<LevelUse> {
    let operations = context::is_operations(page) || scales.iter().any(|it| it.complete && it.incidents);
    let mut found = Vec::new();
    for piece in pieces {
        let skipped = match &piece.block {
            Block::Code(_) | Block::Comment | Block::Html => true,
            Block::FrontMatter(key) => !operations || !matches!(key.as_str(), "severity" | "sev"),
            _ => false,
        };
        if skipped {
            continue;
        }
        let mentions = level::mentions(&piece.words);
        if mentions.is_empty() {
            continue;
        }
        let about = surroundings(page, piece);
        for mention in mentions {
            let struck = piece.is_marked(&mention.range, |it| it == Mark::Strikethrough);
            // Reviews of code borrow the names.
            let by_itself = mention.family == Family::Sev && (operations || !context::is_foreign(&about));
            // `sev0` in code is the value of some setting.
            let value = !operations
                && piece.is_marked(&mention.range, |it| it == Mark::Code)
                && !piece.words[mention.range.clone()].starts_with(char::is_uppercase);
            if struck || value || !by_itself && !is_severity(piece, &mention, operations, &about) {
                continue;
            }
            let span = Span::new(page.source, piece.source(mention.range.clone()));
            let ends = [Some(mention.number), mention.last];
            let uses = ends.into_iter().flatten();
            found.extend(uses.map(|number| LevelUse { family: mention.family, number, span }));
        }
    }
    found
}

/// The words around a piece that say what its levels rank.
fn surroundings(page: &Page, piece: &Piece) -> String {
    let mut words = context::above(page, piece).concat();
    if let Block::Cell(cell) = &piece.block {
        words.push_str(&plain_words(&cell.headers.join(" ")));
    }
    words
}

fn is_severity(piece: &Piece, mention: &level::Mention, operations: bool, around: &str) -> bool {
    // S3 is a product.
    if mention.family == Family::S && mention.number == 3 || context::is_work(around) {
        return false;
    }
    let after = plain_words(piece.words.get(mention.range.end..).unwrap_or_default());
    if after.split_whitespace().next().is_some_and(|it| WORK.split(", ").any(|work| work == it)) {
        return false;
    }
    // A column of priorities ranks the rows: what to restore first, what to do first.
    if let Block::Cell(cell) = &piece.block {
        let header = plain_words(cell.header());
        if header.contains(" priority ") && !context::is_incident(&header) && cell.column > 0 {
            return false;
        }
    }
    let words = plain_words(&piece.words);
    let foreign = context::is_foreign(&words) || context::is_foreign(around);
    let near = context::is_incident(&words) || context::is_incident(around) && !foreign;
    match mention.family {
        Family::P => near || operations && !foreign,
        _ => near,
    }
}
