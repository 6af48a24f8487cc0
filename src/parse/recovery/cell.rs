//! The cells of a table: what a header says about its column, and which values a cell states.

use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::statement::{self, Above, Stated};
use super::tokens::{Lexeme, Token};
use super::value::{self, Value};
use super::{Sheet, inline, subject};
use crate::model::fact::{Objective, Role, Status};

/// A cell of more tokens, under a header that announces no value, is a remark.
pub(super) const LONGEST_VALUE: usize = 8;

/// One cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Line by line and sentence by sentence.
    pub(super) segments: Vec<Vec<Token>>,
    /// All of it.
    pub(super) tokens: Vec<Token>,
}

/// What a header cell says about its column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// The objective whose values stand below.
    pub(super) label: Option<Label>,
    pub(super) role: Option<Role>,
    /// Whether the header announces values, of whatever.
    pub(super) values: bool,
    /// Whether the values are of something else.
    pub(super) notes: bool,
    /// Whether it says what a row is about.
    pub(super) scope: bool,
    /// Whether it holds the unit of the values beside it.
    pub(super) unit: bool,
    /// The header, where it is a scope: an environment, a tier.
    pub(super) name: Option<String>,
    /// The header in words.
    pub(super) header: Option<String>,
    /// The header above the header.
    pub(super) over: Option<String>,
}

impl Cell {
    /// A cell of these tokens.
    pub(super) fn new(tokens: Vec<Token>) -> Cell {
        let segments = inline::segments(tokens.clone());
        let tokens = tokens.into_iter().filter(|it| !matches!(it.lexeme, Lexeme::Break(_))).collect();
        Cell { segments, tokens }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(super) fn has(&self, class: Class) -> bool {
        lexicon::any(&self.tokens, class)
    }

    /// Its words, on one line.
    pub(super) fn words(&self, text: &str) -> Option<String> {
        subject::words(&self.tokens, text)
    }
}

/// What a header cell says.
pub(super) fn column(header: &Cell, text: &str) -> Column {
    let tokens = &header.tokens;
    let label = mention::label(tokens).filter(|it| it.others.len() <= 6);
    let role = match &label {
        Some(label) => label.role,
        None if matches!(tokens.as_slice(), [only] if lexicon::is(tokens, 0, Class::Now).is_some() || only.norm == "current") => {
            Some(Role::Actual)
        }
        None => role_in(tokens),
    };
    let named = label.is_none() && !mention::mentions(tokens).is_empty();
    let former = lexicon::is(tokens, 0, Class::Former).is_some();
    let notes = named || former || (role.is_none() && header.has(Class::NotesColumn));
    let values = header.has(Class::ValueColumn);
    let unit = matches!(tokens.as_slice(), [only] if matches!(only.norm.as_str(), "unit" | "units" | "unidad" | "unite" | "einheit" | "unidade" | "unita" | "uom" | "单位" | "単位"));
    let name = if role.is_none() && !values && !notes && !unit { header.words(text) } else { None };
    Column {
        label,
        role,
        values,
        notes,
        unit,
        scope: header.has(Class::ScopeColumn),
        name,
        header: header.words(text),
        over: None,
    }
}

/// The label of the only objective that a table has columns for; a column "Measured" beside it is of it too.
pub(super) fn shared_label(columns: &[Column]) -> Option<Label> {
    let mut labels =
        columns.iter().filter_map(|it| it.label.as_ref()).filter(|it| it.kinds != [Objective::Mtd]);
    let first = labels.next().filter(|it| it.kinds.len() == 1)?;
    labels.next().is_none().then(|| Label { role: None, ..first.clone() })
}

impl Column {
    /// Whether the header says a role and nothing else.
    pub(super) fn is_role(&self) -> bool {
        let one = self.header.as_ref().is_some_and(|it| it.split_whitespace().count() == 1);
        self.label.is_none() && self.role == Some(Role::Actual) && one
    }
}

/// A cell that names an objective and has no value of its own.
pub(super) fn row_label(cell: &Cell) -> Option<Label> {
    let label = mention::label(&cell.tokens).filter(|it| it.others.len() <= 6)?;
    let states = (0..cell.tokens.len()).any(|at| value::amount(&cell.tokens, at, None).is_some())
        || !statement::read(&cell.tokens, &Above::default()).stated.is_empty();
    (!states).then_some(label)
}

/// Whether a cell holds one number and no more than its qualifier.
pub(super) fn is_number(cell: &Cell) -> bool {
    cell.segments.len() == 1
        && cell.tokens.len() <= LONGEST_VALUE
        && (0..cell.tokens.len())
            .any(|at| value::value(&cell.tokens, at, None, value::Accept::Numbers).is_some())
}

/// "Yes", "met": an answer to another question.
pub(super) fn mentions_answer(cell: &Cell) -> bool {
    let answers = |it: &Token| {
        matches!(
            it.norm.as_str(),
            "yes"
                | "no"
                | "met"
                | "pass"
                | "passed"
                | "failed"
                | "fail"
                | "ok"
                | "true"
                | "false"
                | "string"
                | "integer"
                | "number"
                | "si"
                | "oui"
                | "non"
                | "ja"
                | "nein"
                | "sim"
                | "nao"
                | "是"
                | "否"
        )
    };
    cell.tokens.iter().filter(|it| it.is_word()).take(2).any(answers)
}

/// A cell of a column of values.
pub(super) fn objective_cell(
    cell: &Cell,
    row: &[Cell],
    above: &Above,
    subject: &[String],
    sheet: &mut Sheet<'_>,
) {
    if cell.is_empty() {
        let label: Vec<Token> =
            row.iter().find(|it| !it.is_empty()).map(|it| it.tokens.clone()).unwrap_or_default();
        for &kind in &above.kinds {
            sheet.add(&label, Stated::unset(kind, above.role, 0..label.len(), true), subject);
        }
        return;
    }
    if whole_value(cell, above, subject, sheet) {
        return;
    }
    let amounts: Vec<usize> =
        (0..cell.tokens.len()).filter(|&at| value::amount(&cell.tokens, at, above.unit).is_some()).collect();
    let &[kind] = &above.kinds[..] else { return };
    let all = 0..cell.tokens.len();
    if amounts.is_empty() && cell.tokens.iter().any(Token::is_word) && !mentions_answer(cell) {
        let soft = Stated {
            value: Value::Words(Status::Soft),
            weak: true,
            ..Stated::unset(kind, above.role, all, false)
        };
        sheet.add(&cell.tokens, soft, subject);
    } else if let Some(&at) = amounts.first()
        && !cell.has(Class::Frequency)
        && let Some(amount) = value::amount(&cell.tokens, at, above.unit)
        && amounts.iter().all(|&other| other < amount.end)
    {
        let stated = Stated { value: amount.value, ..Stated::unset(kind, above.role, at..amount.end, false) };
        sheet.add(&cell.tokens, stated, subject);
    }
}

/// A cell that begins with a value, or has values with labels of their own.
pub(super) fn whole_value(cell: &Cell, above: &Above, subject: &[String], sheet: &mut Sheet<'_>) -> bool {
    let mut found = Vec::new();
    for segment in &cell.segments {
        for stated in statement::read(segment, above).stated {
            if !found.contains(&stated.kind) || stated.role != above.role || !stated.scope.is_empty() {
                found.push(stated.kind);
                sheet.add(segment, stated, subject);
            }
        }
    }
    !found.is_empty()
}

/// The first word about the role.
pub(super) fn role_in(tokens: &[Token]) -> Option<Role> {
    (0..tokens.len()).find_map(|at| lexicon::role(tokens, at).map(|(role, _)| role))
}
