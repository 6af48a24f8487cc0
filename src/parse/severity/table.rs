//! Scales in tables: one level a row, explained in the columns beside it.

use std::collections::BTreeMap;

use super::{About, Entry, about, collect, context, entries, label, level};
use crate::model::document::NodeId;
use crate::model::document_type::plain_words;
use crate::model::page::Page;
use crate::model::prose::{Block, Cell, Piece};
use crate::model::severity::{Level, Scale};
use crate::source::Span;

/// Headers of columns that say what a level is.
const DEFINING: [&str; 16] = [
    "definition",
    "definitions",
    "description",
    "meaning",
    "criteria",
    "impact",
    "example",
    "examples",
    "condition",
    "conditions",
    "characteristics",
    "when",
    "what it means",
    "business impact",
    "user impact",
    "scope",
];

/// Headers of columns of tables that list other things by level.
const LISTING: [&str; 32] = [
    "date",
    "owner",
    "assignee",
    "status",
    "count",
    "effort",
    "ticket",
    "file",
    "finding",
    "task",
    "issue",
    "incident",
    "action",
    "alert",
    "id",
    "component",
    "service",
    "feature",
    "total",
    "open",
    "closed",
    "due",
    "runbook",
    "root cause",
    "resolved",
    "bug",
    "blocks merge",
    "block merge",
    "blocks release",
    "item",
    "days",
    "eta",
];

/// Headers above the levels.
const LEVELS: [&str; 12] = [
    "severity",
    "sev",
    "level",
    "priority",
    "class",
    "classification",
    "rating",
    "code",
    "tier",
    "category",
    "type",
    "sev level",
];

/// Headers above the time until somebody responds.
const RESPONSE: [&str; 9] = [
    " response time ",
    " response ",
    " initial response ",
    " first response ",
    " response sla ",
    " response target ",
    " target response ",
    " target response time ",
    " initial response time ",
];

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
    let column = (0..2).find(|column| {
        let labels = rows.iter().filter_map(|row| row.iter().find(|it| it.1.column == *column));
        labels.filter(|(piece, _)| label(piece, &piece.words).is_some()).count() >= 2
    });
    let Some(column) = column else { return Vec::new() };
    let mut found: Vec<Entry> = Vec::new();
    let mut named = 0;
    for row in &rows {
        let Some((piece, _)) = row.iter().find(|it| it.1.column == column) else { continue };
        let Some((mentions, words)) = label(piece, &piece.words).filter(|it| it.1.len() < 60) else {
            continue;
        };
        named += 1;
        let response = row.iter().find(|it| header(&headers, it.1).is_some_and(|it| RESPONSE.contains(&it)));
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
    let others = || headers.iter().enumerate().filter(|(at, _)| *at != column).map(|it| it.1.trim());
    let above = headers.get(column).map_or("", String::as_str);
    let defines = others().any(|it| DEFINING.contains(&it)) && has(above, &LEVELS);
    let lists = others().any(|it| LISTING.contains(&it));
    let complete = !lists && (defines && !is_duty(nearest) || context::announced(&headings));
    let responds = found.iter().any(|it| it.level.response.is_some());
    if !complete && (lists || !responds) {
        return Vec::new();
    }
    let About { incidents, scope } = about(page, &headings, above);
    collect(found, complete, &About { incidents, scope })
}

/// The cells of each row, without the header.
fn rows<'a>(cells: &[(&'a Piece, &'a Cell)]) -> Vec<Vec<(&'a Piece, &'a Cell)>> {
    let mut rows: Vec<Vec<(&Piece, &Cell)>> = Vec::new();
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

fn header<'a>(headers: &'a [String], cell: &Cell) -> Option<&'a str> {
    headers.get(cell.column).map(String::as_str)
}

/// What the columns beside a level call it.
fn named_beside(
    row: &[(&Piece, &Cell)],
    headers: &[String],
    column: usize,
) -> Option<crate::model::severity::Meaning> {
    let names = [" name ", " label ", " severity ", " level ", " priority ", " classification ", " urgency "];
    let beside = row.iter().filter(|it| it.1.column != column);
    let names = |it: &&(&Piece, &Cell)| {
        header(headers, it.1).is_some_and(|it| names.contains(&it))
            || it.1.column < 2 && !it.0.words.contains(' ')
    };
    beside.filter(names).find_map(|it| level::meaning(&it.0.words))
}

fn has(words: &str, list: &[&str]) -> bool {
    list.iter().any(|it| words.contains(&format!(" {it} ")))
}

/// Whether a heading is about what people do at some levels.
fn is_duty(words: &str) -> bool {
    context::uses(words) && !words.contains(" response ")
}
