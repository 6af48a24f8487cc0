//! Tables: the objective as a column, as a row, inside a cell, or above the whole table.

use super::cell::{
    Cell, Column, LONGEST_VALUE, column, is_number, mentions_answer, objective_cell, role_in, row_label,
    shared_label, whole_value,
};
use super::lexicon::{self, Class};
use super::mention::Label;
use super::statement::{self, Above};
use super::tokens::Token;
use super::value;
use super::{Sheet, inline, subject};
use crate::model::document::{Document, Kind, NodeId};
use crate::model::fact::{Objective, Role};

/// Collects the objectives of a table. `dismissed`: the section compares or proposes.
pub(super) fn read(
    table: NodeId,
    document: &Document,
    above: &Above,
    dismissed: bool,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let mut header: Vec<Cell> = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in document.children(table) {
        let cells = document
            .children(row)
            .map(|cell| Cell::new(inline::tokens(document, document.descendants(cell), sheet.text)))
            .collect();
        match document.node(row).kind {
            Kind::TableHead => header = cells,
            _ => rows.push(cells),
        }
    }
    grid(header, &rows, above, dismissed, path, sheet);
}

/// Collects the objectives of a table in HTML. Its first row is the header unless it holds values.
pub(super) fn read_markup(
    rows: Vec<Vec<Vec<Token>>>,
    above: &Above,
    dismissed: bool,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let mut rows: Vec<Vec<Cell>> =
        rows.into_iter().map(|row| row.into_iter().map(Cell::new).collect()).collect();
    rows.retain(|row| !row.is_empty());
    let header = if rows.first().is_some_and(|it| !states(it)) { rows.remove(0) } else { Vec::new() };
    grid(header, &rows, above, dismissed, path, sheet);
}

fn grid(
    header: Vec<Cell>,
    rows: &[Vec<Cell>],
    above: &Above,
    dismissed: bool,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let columns: Vec<Column> = header.iter().map(|it| column(it, sheet.text)).collect();
    // What every tier costs us is no comparison.
    let own = header.first().is_some_and(|it| it.has(Class::ScopeColumn) && !it.has(Class::StrategyColumn));
    let compares = dismissed
        || header.iter().any(|it| it.has(Class::StrategyColumn) && !(own && it.has(Class::Cost)))
        || header.iter().skip(1).any(|it| it.has(Class::Suitability))
        || rows.iter().filter(|row| is_strategy(row)).count() > 1
        // Orders of magnitude beside ways to do it: "Hours", "Minutes".
        || (header.first().is_some_and(|it| it.has(Class::Approach)) && !rows.iter().any(|row| states(row)));
    let rows: Vec<&Vec<Cell>> = rows
        .iter()
        .filter(|row| row.iter().any(|it| !it.is_empty()))
        .filter(|row| !compares || row.iter().take(2).any(|it| it.has(Class::Ours)))
        .collect();
    if let Some((columns, rows)) = second_header(&columns, &rows, sheet.text) {
        by_column(&columns, rows, above, path, sheet);
    } else if columns.iter().any(|it| it.label.is_some()) && !limits_rows(&columns, &rows) {
        by_column(&columns, &rows, above, path, sheet);
    } else {
        by_row(&columns, &rows, above, path, sheet);
    }
}

/// A first row that names objectives under headers that name scopes, and the rows below it.
fn second_header<'a, 'c>(
    columns: &[Column],
    rows: &'a [&'c Vec<Cell>],
    text: &str,
) -> Option<(Vec<Column>, &'a [&'c Vec<Cell>])> {
    let (first, rest) = rows.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let labels = first.iter().filter(|it| row_label(it).is_some()).count();
    let free = first.first().is_none_or(|it| row_label(it).is_none());
    if labels < 2 || !free || columns.iter().any(|it| it.label.is_some()) {
        return None;
    }
    let below = |(cell, over): (&Cell, &Column)| {
        let own = column(cell, text);
        Column { role: own.role.or(over.role), over: over.name.clone(), ..own }
    };
    Some((first.iter().zip(columns).map(below).collect(), rest))
}

/// Whether a column of tolerable downtimes stands beside rows that name the objectives.
fn limits_rows(columns: &[Column], rows: &[&Vec<Cell>]) -> bool {
    columns.iter().filter_map(|it| it.label.as_ref()).all(|it| it.kinds == [Objective::Mtd])
        && rows.iter().any(|row| row.first().is_some_and(|it| row_label(it).is_some()))
}

/// Whether any cell of a row holds an amount of time.
fn states(row: &[Cell]) -> bool {
    row.iter().any(|it| (0..it.tokens.len()).any(|at| value::amount(&it.tokens, at, None).is_some()))
}

/// Whether a row is about a strategy; its number may stand first.
fn is_strategy(row: &[Cell]) -> bool {
    let name = row.iter().find(|it| it.tokens.iter().any(Token::is_word));
    name.is_some_and(|it| it.has(Class::Strategy))
}

/// A line of bars outside a table, as in a quoted piece of one.
pub(super) fn loose_row(cells: Vec<Cell>, above: &Above, path: &[String], sheet: &mut Sheet<'_>) {
    by_row(&[], &[&cells], above, path, sheet);
}

fn by_column(columns: &[Column], rows: &[&Vec<Cell>], above: &Above, path: &[String], sheet: &mut Sheet<'_>) {
    let first = columns.iter().position(|it| it.label.is_some()).unwrap_or_default();
    let shared = shared_label(columns);
    let mut last_name: Option<String> = None;
    for row in rows {
        let mut subject = path.to_vec();
        let row_name = row.first().filter(|_| first > 0).and_then(|it| it.words(sheet.text));
        last_name = row_name.or(last_name);
        subject.extend(last_name.clone());
        subject.extend(
            row.iter()
                .zip(columns)
                .skip(1)
                .filter(|(_, column)| column.scope && column.label.is_none())
                .filter_map(|(cell, _)| cell.words(sheet.text)),
        );
        let row_role = row.iter().take(first).find_map(|it| role_in(&it.tokens));
        for (cell, column) in row.iter().zip(columns) {
            let bare = shared.as_ref().filter(|_| column.is_role());
            let Some(label) = column.label.as_ref().or(bare) else { continue };
            let role = column.role.or(row_role).or(above.role);
            let above =
                Above { kinds: label.kinds.clone(), scopes: true, role, unit: label.unit.or(above.unit) };
            let mut subject = subject.clone();
            subject.extend(column.over.clone());
            objective_cell(cell, row, &above, &subject, sheet);
        }
    }
}

fn by_row(columns: &[Column], rows: &[&Vec<Cell>], above: &Above, path: &[String], sheet: &mut Sheet<'_>) {
    for row in rows {
        let labelled = row.iter().enumerate().find_map(|(at, cell)| row_label(cell).map(|label| (at, label)));
        match labelled {
            Some((at, label)) => objective_row(at, &label, columns, row, above, path, sheet),
            None if above.kinds.len() == 1 && above.scopes => values_of_row(columns, row, above, path, sheet),
            None => statements_of_row(columns, row, above, path, sheet),
        }
    }
}

/// The values beside a label, one for each role or scope that the header names.
fn objective_row(
    at: usize,
    label: &Label,
    columns: &[Column],
    row: &[Cell],
    above: &Above,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let own = row.get(at).and_then(|cell| {
        let (&first, &last) = (label.others.first()?, label.others.last()?);
        subject::name(cell.tokens.get(first..=last)?, sheet.text)
    });
    let none = Column::default();
    // "RTO validated | yes | -" answers a question.
    if row.iter().skip(at + 1).any(mentions_answer)
        && !row.iter().skip(at + 1).any(|it| it.tokens.iter().any(|token| token.is_number()))
    {
        return;
    }
    let unit = columns
        .iter()
        .position(|it| it.unit)
        .and_then(|at| row.get(at))
        .and_then(|it| lexicon::unit(&it.tokens, 0))
        .and_then(|(unit, _)| unit);
    let announced = columns.iter().skip(at + 1).any(|it| it.values || it.role.is_some());
    for (index, cell) in row.iter().enumerate().skip(at + 1) {
        let column = columns.get(index).unwrap_or(&none);
        let remark =
            announced && !column.values && column.role.is_none() && !column.scope && !is_number(cell);
        if column.notes || column.unit || remark {
            continue;
        }
        let mut subject = path.to_vec();
        subject.extend(row.first().filter(|_| at > 0).and_then(|it| it.words(sheet.text)));
        subject.extend(own.clone());
        subject.extend(column.name.clone());
        // "Target | Maximum acceptable"
        let open = column.role.is_none_or(|it| it == Role::Unspecified);
        let said = columns.iter().skip(at + 1).any(|it| it.role.is_some_and(|it| it != Role::Unspecified));
        let beside = open && said && (column.values || column.role.is_some());
        subject.extend(column.header.clone().filter(|_| beside));
        let role = column.role.or(label.role).or(above.role);
        let above = Above {
            kinds: label.kinds.clone(),
            scopes: true,
            role,
            unit: unit.or(label.unit).or(above.unit),
        };
        if column.role.is_some() || column.values {
            let from = sheet.found.len();
            objective_cell(cell, row, &above, &subject, sheet);
            // A row of its own and a header that asks for the value: whatever stands here is the answer.
            if label.pure && cell.tokens.len() <= LONGEST_VALUE {
                sheet.found[from..].iter_mut().for_each(|(_, weak)| *weak = false);
            }
        } else if !cell.is_empty() {
            whole_value(cell, &above, &subject, sheet);
        }
    }
}

/// The table stands under the name of one objective: its columns are roles.
fn values_of_row(columns: &[Column], row: &[Cell], above: &Above, path: &[String], sheet: &mut Sheet<'_>) {
    let mut subject = path.to_vec();
    subject.extend(row.first().and_then(|it| it.words(sheet.text)));
    for (cell, column) in row.iter().zip(columns).skip(1) {
        if !column.notes && (column.role.is_some() || column.values) && !cell.is_empty() {
            let role = column.role.or(above.role);
            whole_value(cell, &Above { role, ..above.clone() }, &subject, sheet);
        }
    }
}

/// Statements in full inside cells: "RTO: 4 hours, RPO: 1 hour".
fn statements_of_row(
    columns: &[Column],
    row: &[Cell],
    above: &Above,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let none = Column::default();
    for (index, cell) in row.iter().enumerate() {
        let mut subject = path.to_vec();
        subject.extend(row.first().filter(|_| index > 0).and_then(|it| it.words(sheet.text)));
        let named = row.first().filter(|_| index > 0).and_then(|it| role_in(&it.tokens));
        let role = columns.get(index).unwrap_or(&none).role.or(named).or(above.role);
        for segment in &cell.segments {
            for stated in statement::read(segment, &Above { role, ..Above::default() }).stated {
                sheet.add(segment, stated, &subject);
            }
        }
    }
}
