//! Scales in tables: one level a row, explained in the columns beside it.

use std::collections::BTreeMap;

use super::{About, Entry, about, collect, context, entries, label, level};
use crate::model::document::NodeId;
use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::model::prose::{Block, Cell, Piece};
use crate::model::severity::{Level, Meaning, Scale};
use crate::source::Span;

/// Headers of columns that say what a level is.
const DEFINING: &str = "definition, definitions, description, meaning, criteria, impact, example, examples, condition, \
    conditions, characteristics, what it means, business impact, user impact, scope";

/// Headers of columns of tables that list other things by level.
const LISTING: &str = "date, owner, area, assignee, status, count, effort, ticket, file, finding, task, issue, incident, action, \
    alert, id, component, service, feature, total, open, closed, due, runbook, root cause, resolved, \
    bug, blocks merge, block merge, blocks release, item, days, eta";

/// Headers above the levels.
const LEVELS: &str =
    "severity, sev, level, priority, class, classification, rating, code, tier, category, type, sev level";

/// Headers above what a level is called.
const NAMES: &str = "name, label, severity, level, priority, classification, urgency";

/// Headers above the time until somebody responds.
const RESPONSE: &str = "response time, response, initial response, first response, response sla, response target, target \
    response, target response time, initial response time";

/// The scales in the tables of a page, and the tables that say how fast levels are answered.
pub(super) fn scales(page: &Page, pieces: &[Piece]) -> Vec<Scale> {
    let mut tables: BTreeMap<NodeId, Vec<(&Piece, &Cell)>> = BTreeMap::new();
    for piece in pieces {
        if let Block::Cell(cell) = &piece.block {
            tables.entry(cell.table).or_default().push((piece, cell));
        }
    }
    tables.values().flat_map(|cells| of_table(page, cells)).collect()
}

fn of_table(page: &Page, cells: &[(&Piece, &Cell)]) -> Vec<Scale> {
    let Some((first, cell)) = cells.first() else { return Vec::new() };
    let headers: Vec<String> = cell.headers.iter().map(|it| plain_words(it)).collect();
    let rows = rows(cells);
    // The names of the levels may stand behind those of their meanings: `| Critical | P1 | …`.
    let named = |column: usize| {
        let labels = rows.iter().filter_map(|row| cell_of(row, column));
        labels.filter(|it| label(it, &it.words).is_some()).count() >= 2
    };
    let means = |row: &Row<'_>| {
        cell_of(row, 0)
            .is_some_and(|it| !it.words.trim().contains(' ') && level::meaning(&it.words).is_some())
    };
    let column = match named(0) {
        true => Some(0),
        false => Some(1).filter(|&it| named(it) && rows.iter().all(means)),
    };
    let Some(column) = column else { return Vec::new() };
    let mut found: Vec<Entry> = Vec::new();
    let mut named = 0;
    for row in &rows {
        let Some(piece) = cell_of(row, column) else { continue };
        let Some((mentions, words)) = label(piece, &piece.words).filter(|it| it.1.len() < 60) else {
            continue;
        };
        named += 1;
        let response = row.iter().find(|it| is_one(header(&headers, it.1), RESPONSE));
        let level = Level {
            number: 0,
            span: Span::new(page.source, 0..0),
            meaning: level::meaning(words).or_else(|| named_beside(row, &headers, column)),
            response: response.and_then(|it| level::seconds(&it.0.words)),
        };
        found.extend(entries(page, piece, &mentions, &level));
    }
    // A table of other things with a few levels among them is none about levels.
    if named * 3 < rows.len() * 2 {
        return Vec::new();
    }
    let headings = context::above(page, first);
    let nearest = headings.last().map_or("", String::as_str);
    let others = || headers.iter().enumerate().filter(|(at, _)| *at != column).map(|it| it.1.as_str());
    let above = headers.get(column).map_or("", String::as_str);
    let defines = others().any(|it| is_one(it, DEFINING)) && context::any(above, LEVELS);
    // `| S1 | Critical | …` under `ID` numbers the rows.
    let lists = others().any(|it| is_one(it, LISTING))
        || is_one(above, "id, no, number, ref")
        || above.trim().is_empty();
    let complete = !lists && (defines && !is_duty(nearest) || context::announced(&headings));
    let responds = found.iter().any(|it| it.level.response.is_some());
    if !complete && (lists || !responds) {
        return Vec::new();
    }
    let About { incidents, scope } = about(page, &headings, above);
    collect(found, complete, &About { incidents, scope })
}

type Row<'a> = Vec<(&'a Piece, &'a Cell)>;

/// The cells of each row, without the header.
fn rows<'a>(cells: &[(&'a Piece, &'a Cell)]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut column = usize::MAX;
    for (piece, cell) in cells.iter().filter(|it| !it.1.in_header) {
        if cell.column <= column || rows.is_empty() {
            rows.push(Vec::new());
        }
        column = cell.column;
        if let Some(row) = rows.last_mut() {
            row.push((piece, cell));
        }
    }
    rows
}

fn header<'a>(headers: &'a [String], cell: &Cell) -> &'a str {
    headers.get(cell.column).map_or("", String::as_str)
}

fn cell_of<'a>(row: &Row<'a>, column: usize) -> Option<&'a Piece> {
    row.iter().find(|it| it.1.column == column).map(|it| it.0)
}

/// What the columns beside a level call it.
fn named_beside(row: &[(&Piece, &Cell)], headers: &[String], column: usize) -> Option<Meaning> {
    let is_name = |piece: &Piece, cell: &Cell| {
        is_one(header(headers, cell), NAMES) || cell.column < 2 && !piece.words.contains(' ')
    };
    let beside = row.iter().filter(|(piece, cell)| cell.column != column && is_name(piece, cell));
    beside.map(|it| it.0).find_map(|it| level::meaning(&it.words))
}

/// Whether plain words are one of the terms of a list.
fn is_one(words: &str, list: &str) -> bool {
    list.split(", ").any(|it| it == words.trim())
}

/// Whether a heading is about what people do at some levels.
fn is_duty(words: &str) -> bool {
    context::uses(words) && !words.contains(" response ")
}
